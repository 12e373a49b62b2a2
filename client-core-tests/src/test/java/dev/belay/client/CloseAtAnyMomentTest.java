package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CloseAtAnyMomentTest extends CloseAtAnyMoment {
  CloseAtAnyMomentTest() {
    super(Wire.CLEAR);
  }

  @Test
  void users_code_that_does_not_return_holds_up_a_close_no_longer(TestServer server)
      throws Exception {
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    ResponseHandler<String> stuck =
        response -> {
          inside.countDown();
          assertThatCode(release::await).doesNotThrowAnyException();
          return "left";
        };
    try (BelayClient client = BelayClient.builder().build();
        Stalls stalls = new Stalls()) {
      CompletableFuture<String> async = client.sendAsync(Requests.get(server), stuck);
      Future<String> sync = threads.submit(() -> client.send(Requests.get(server), stuck));
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
      Stalls.Timed<CloseReport> close = stalls.time(() -> client.close(CloseRound.GRACE));
      server.awaitOpenConnections(0, Duration.ofSeconds(1));
      release.countDown();
      assertThat(async.get(10, TimeUnit.SECONDS)).isEqualTo("left");
      assertThat(sync.get(10, TimeUnit.SECONDS)).isEqualTo("left");
      assertThat(close.took()).as(close.toString()).isLessThanOrEqualTo(CloseRound.CLOSE_LIMIT);
    }
  }

  @Test
  void the_witness_for_threads_sees_those_of_a_connection(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      assertThat(OurThreads.names()).contains("belay-connection http://127.0.0.1:" + server.port());
    }
  }
}
