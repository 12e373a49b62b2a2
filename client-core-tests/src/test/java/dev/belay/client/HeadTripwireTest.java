package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Interceptor;
import org.junit.jupiter.api.Test;

@NoLeaks
class HeadTripwireTest {
  private final HeadTripwire heads = new HeadTripwire();

  @Test
  void it_sees_a_head_that_belay_did_not_send(TestServer server) throws IOException {
    Interceptor replay =
        chain -> {
          chain.proceed(chain.request()).close();
          return chain.proceed(chain.request());
        };
    try (BelayClient client =
        BelayClient.builder().interceptor(replay).eventListener(heads).build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      assertThat(server.requests()).isEqualTo(2);
      assertThatThrownBy(heads::check).hasMessageContaining("head 2 of GET ");
    }
  }

  @Test
  void it_leaves_the_attempts_of_belay_alone() throws IOException {
    Duration soon = Duration.ofMillis(1);
    RetryPolicy quick = RetryPolicy.builder().backOff(soon).throttledBackOff(soon).build();
    try (TestServer server = TestServer.start(r -> Answer.of(503, "busy"));
        BelayClient client = BelayClient.builder().retry(quick).eventListener(heads).build()) {
      assertThat(client.<Integer>send(Requests.get(server), r -> r.code())).isEqualTo(503);
      assertThat(heads.heads()).isEqualTo(server.requests()).isEqualTo(3);
      heads.check();
    }
  }
}
