package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** The regions of docs/migrating.md; see DocumentationTest. */
@NoLeaks
class MigratingTest {
  @Test
  void a_client_is_what_makes_calls(TestServer server) throws IOException {
    Request request = Requests.get(server);
    try (BelayClient client = BelayClient.builder().build()) {
      // region callfactory
      Call.Factory calls = client; // was: new OkHttpClient()
      try (Response response = calls.newCall(request).execute()) {
        assertThat(response.body().string()).isEqualTo("ok");
      }
      // endregion callfactory
      // region handler
      String text = client.send(request, Answers.text()); // 2xx, else a typed failure
      // endregion handler
      assertThat(text).isEqualTo("ok");
    }
  }

  @Test
  void a_policy_repeats_what_is_safe() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
        TestServer.start(r -> Answer.of(requests.incrementAndGet() < 3 ? 503 : 200, "ok"))) {
      assertThat(repeated(Requests.post(server))).isEqualTo("ok");
      assertThat(requests).hasValue(3);
    }
  }

  private static String repeated(Request order) throws IOException {
    // region policy
    RetryPolicy policy =
        RetryPolicy.builder().maxAttempts(5).throttledBackOff(Duration.ofMillis(200)).build();
    try (BelayClient client =
        BelayClient.builder().retry(policy).deadline(Duration.ofSeconds(20)).build()) {
      return client.send(order, Answers.text(), CallOptions.defaults().idempotent());
    }
    // endregion policy
  }

  @Test
  void a_pool_takes_the_sizes_of_another() {
    // region sizes
    BoundedPoolBuilder sizes =
        BoundedPool.builder()
            .maxConnections(30) // pool_size=10 and max_overflow=20
            .maxIdle(10) // pool_size=10
            .maxWait(Duration.ofSeconds(3)) // pool_timeout=3
            .maxAge(Duration.ofMinutes(30)); // pool_recycle=1800
    // endregion sizes
    try (BoundedPool pool = sizes.build()) {
      assertThat(pool.state().settings.maxIdle()).isEqualTo(10);
    }
  }
}
