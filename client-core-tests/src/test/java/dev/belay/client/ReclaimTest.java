package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class ReclaimTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @Test
  void a_response_is_cut_and_its_client_goes_on(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().name("goes on").build();
        Response held = client.open(Requests.get(server.url("/held")))) {
      assertThat(BoundedPool.reclaim(h -> h.what().endsWith("/held"))).isEqualTo(1);
      server.awaitOpenConnections(0, SOON);
      assertThatThrownBy(() -> held.body().string()).isInstanceOf(IOException.class);
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
    }
  }

  @Test
  void a_call_is_cancelled() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build()) {
      CompletableFuture<String> running =
          client.sendAsync(Requests.get(server.url("/runs")), Answers.text());
      server.awaitRequests(1, SOON);
      assertThat(BoundedPool.reclaim(h -> h.what().endsWith("/runs"))).isEqualTo(1);
      assertThat(running).failsWithin(SOON).withThrowableThat().withMessageContaining("reclaimed");
    }
  }

  @Test
  void a_client_closes_with_its_own_pool(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().name("left open").build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      assertThat(BoundedPool.reclaim(h -> h.name().equals("left open"))).isEqualTo(1);
      server.awaitOpenConnections(0, SOON);
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOf(ClosedException.class);
      assertThat(BoundedPool.reclaim(h -> h.name().equals("left open"))).isZero();
    }
  }

  @Test
  void a_pool_closes_with_its_clients(TestServer server) throws Exception {
    try (BoundedPool pool = BoundedPool.builder().name("left").build();
        BelayClient client = BelayClient.builder(pool).name("of it").build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      assertThat(BoundedPool.reclaim(h -> h.kind().equals("pool") && h.name().equals("left")))
          .isEqualTo(1);
      server.awaitOpenConnections(0, SOON);
      assertThat(pool.snapshot().open()).isZero();
    }
  }

  @Test
  void a_holder_names_the_port_by_which_others_know_its_connection(TestServer server)
      throws IOException {
    try (BelayClient client = BelayClient.builder().build()) {
      try (Response held = client.open(Requests.get(server))) {
        assertThat(held.code()).isEqualTo(200);
        PoolSnapshot now = client.snapshot();
        assertThat(now.oldestLease()).isNotNull();
        int local = now.oldestLease().localPort();
        assertThat(now.ports()).containsExactly(new PoolSnapshot.Ports(local, server.port()));
        assertThat(local).isPositive();
      }
      assertThat(client.snapshot().ports()).hasSize(1);
    }
    assertThat(server.totalConnections()).isEqualTo(1);
  }
}
