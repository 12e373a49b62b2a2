package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@NoLeaks
class OriginLimitTest {
  private static final Duration PAUSE = Duration.ofMillis(2);

  @Test
  void one_origin_never_has_more_connections_than_its_limit() throws Exception {
    try (TestServer busy = TestServer.start(r -> Answer.of(200, "busy").after(PAUSE));
        TestServer other = TestServer.start(r -> Answer.of(200, "other").after(PAUSE));
        BelayClient client =
            BelayClient.builder()
                .maxConnections(4)
                .maxCallsInFlight(200)
                .ownPool(pool -> pool.maxConnectionsPerOrigin(3))
                .build()) {
      List<CompletableFuture<String>> calls = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        calls.add(client.sendAsync(Requests.get(i % 3 == 0 ? other : busy), Answers.text()));
      }
      assertThat(calls).extracting(CompletableFuture::join).contains("busy", "other");
      assertThat(busy.mostConnections()).isLessThanOrEqualTo(3);
      assertThat(other.mostConnections()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void an_origin_at_its_limit_lets_calls_to_others_pass() throws Exception {
    try (TestServer hangs = TestServer.start(r -> Answer.stall());
        TestServer other = TestServer.start(r -> Answer.of(200, "ok"));
        BelayClient client =
            BelayClient.builder()
                .maxConnections(2)
                .ownPool(pool -> pool.maxConnectionsPerOrigin(1).maxQueue(2))
                .build()) {
      List<CompletableFuture<String>> stuck = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        stuck.add(client.sendAsync(Requests.get(hangs), Answers.text()));
      }
      hangs.awaitRequests(1, Duration.ofSeconds(10));
      assertThat(client.send(Requests.get(other), Answers.text())).isEqualTo("ok");
      assertThat(client.snapshot().waiting()).isEqualTo(2);
      assertThat(hangs.mostConnections()).isEqualTo(1);
      stuck.forEach(call -> call.cancel(false));
    }
  }
}
