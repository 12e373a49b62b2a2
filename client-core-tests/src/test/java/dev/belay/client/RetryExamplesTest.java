package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** The examples of docs/retries.md. */
@NoLeaks
class RetryExamplesTest {
  @Test
  void keys() throws IOException {
    List<String> keys = new CopyOnWriteArrayList<>();
    try (TestServer server =
        TestServer.start(
            r -> {
              keys.add(String.valueOf(r.header("Idempotency-Key")));
              return Answer.of(200);
            })) {
      Request order = Requests.post(server);
      // region key
      try (BelayClient client = BelayClient.builder().idempotencyKey("Idempotency-Key").build()) {
        client.send(order, Answers.discard()); // a key of its own, the same in all attempts
        client.send(order, Answers.discard(), CallOptions.defaults().idempotencyKey("order-42"));
      }
      // endregion key
      assertThat(keys.get(0)).hasSize(36);
      assertThat(keys.get(1)).isEqualTo("order-42");
    }
  }

  @Test
  void a_policy_of_ones_own() throws IOException {
    // region policy
    RetryPolicy policy =
        RetryPolicy.builder()
            .maxAttempts(4)
            .backOff(attempts -> Duration.ofMillis(200L * attempts)) // at most that, by chance
            .retryOnStatus(423)
            .retryIf(answer -> "true".equals(answer.header("X-Should-Retry")))
            .budget(0.1, 5) // a tenth of the calls, and five, in ten seconds
            .build();
    // endregion policy
    assertThat(policy.toString())
        .isEqualTo(
            "4 attempts, back-off of its own to 20.0 s, also on [423], also on what a predicate"
                + " says, budget 10 % of the calls + 5 in 10 s");
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                r ->
                    switch (requests.getAndIncrement()) {
                      case 0 -> Answer.of(423);
                      case 1 -> Answer.of(404).header("X-Should-Retry", "true");
                      default -> Answer.of(404);
                    });
        BelayClient client = BelayClient.builder().retry(policy).build()) {
      assertThat(client.<Integer>send(Requests.get(server), r -> r.code())).isEqualTo(404);
      assertThat(requests).hasValue(3);
      requests.set(0);
      assertThat(client.<Integer>send(Requests.post(server), r -> r.code())).isEqualTo(423);
      assertThat(requests).hasValue(1);
    }
  }

  /** The doubling pauses, which it replaces, say nothing then. */
  @Test
  void a_rule_of_ones_own_is_bounded_by_the_maximum_alone() {
    RetryPolicy quick =
        RetryPolicy.builder()
            .backOff(attempts -> Duration.ofSeconds(1))
            .maxBackOff(Duration.ofMillis(5))
            .build();
    assertThat(quick.maxBackOff()).isEqualTo(Duration.ofMillis(5));
  }
}
