package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two places: one connection to a busy server is in use, one to a quiet server is idle. */
@NoLeaks
class KeptConnectionTest {
  private final TestServer busy = TestServer.start(r -> Answer.of(200, "busy"));
  private final TestServer quiet = TestServer.start(r -> Answer.of(200, "quiet"));

  @AfterEach
  void stop() {
    busy.close();
    quiet.close();
  }

  private static String send(BelayClient client, TestServer server) throws IOException {
    return client.send(Requests.get(server), Answers.text());
  }

  @Test
  void an_idle_connection_is_kept_for_its_next_call_while_who_waits_has_others_to_hope_for()
      throws Exception {
    try (BoundedPool pool = Pools.on(new ManualClock(), BoundedPool.builder().maxConnections(2));
        BelayClient client = BelayClient.builder(pool).build()) {
      CompletableFuture<String> waits;
      try (Response inUse = client.open(Requests.get(busy))) {
        assertThat(send(client, quiet)).isEqualTo("quiet");
        waits = client.sendAsync(Requests.get(busy), Answers.text());
        assertThat(pool.snapshot().waiting()).isEqualTo(1);
        assertThat(send(client, quiet)).isEqualTo("quiet");
        assertThat(inUse.body().string()).isEqualTo("busy");
      }
      assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo("busy");
      assertThat(busy.totalConnections() + quiet.totalConnections()).isEqualTo(2);
    }
  }

  @Test
  void it_is_closed_for_who_waits_a_moment_later() throws Exception {
    ManualClock clock = new ManualClock();
    try (BoundedPool pool = Pools.on(clock, BoundedPool.builder().maxConnections(2));
        BelayClient client = BelayClient.builder(pool).build();
        Response inUse = client.open(Requests.get(busy))) {
      assertThat(send(client, quiet)).isEqualTo("quiet");
      CompletableFuture<String> waits = client.sendAsync(Requests.get(busy), Answers.text());
      assertThat(pool.snapshot().waiting()).isEqualTo(1);
      clock.pass(Duration.ofNanos(Available.KEPT_NANOS));
      assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo("busy");
      assertThat(inUse.code()).isEqualTo(200);
      assertThat(pool.snapshot().totals().evicted()).isEqualTo(1);
    }
  }
}
