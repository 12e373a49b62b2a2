package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.NoLeaks;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;

/** A server on TLS that stops reading. */
@NoLeaks
class UnreadWriteTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** Shakes hands, and then does nothing. */
  private record Deaf(CountDownLatch closed) implements Peer {
    @Override
    public void serve(SSLSocket client) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @Test
  void a_write_ends_in_its_time_and_holds_up_no_other_time_out() throws Exception {
    BelayClientBuilder settings =
        BelayClient.builder()
            .writeTimeout(Duration.ofMillis(300))
            .retry(RetryPolicy.none())
            .deadline(DEADLINE);
    try (Front front = new Front(Wire.TLS, new Deaf(new CountDownLatch(1)));
        BelayClient client = Wire.TLS.applyTo(settings).build()) {
      Request upload =
          new Request.Builder()
              .url("https://localhost:" + front.port() + "/")
              .post(RequestBody.create(new byte[20 << 20]))
              .build();
      assertThatThrownBy(() -> client.send(upload, Answers.discard()))
          .isInstanceOfSatisfying(
              DeadlineExceededException.class,
              e -> {
                assertThat(e.phase()).isEqualTo(Phase.REQUEST);
                assertThat(e.elapsed()).isLessThan(DEADLINE.dividedBy(5));
              });
    }
  }
}
