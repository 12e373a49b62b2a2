package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** The regions of docs/limits.md; see DocumentationTest. */
@NoLeaks
class LimitExamplesTest {
  @Test
  void a_client_has_all_its_limits(TestServer server) throws IOException {
    Request request = Requests.get(server);
    // region limits
    try (BelayClient client =
        BelayClient.builder()
            .maxConnections(10) // the machine: open sockets
            .maxConcurrentAttempts(5) // the server: attempts there at once
            .maxCallsInFlight(40) // the caller: calls that have begun and not ended
            .maxQueuedCalls(200) // each queue; one call more fails at once
            .rateLimit(RateLimit.perSecond(50)) // the quota: attempts, one every 20 ms
            .circuitBreaker(CircuitBreakerPolicy.builder().failureRate(60).build())
            .build()) {
      client.send(request, Answers.discard());
    }
    // endregion limits
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void a_refusal_says_which_limit_it_was_and_when_to_come_again(TestServer server)
      throws IOException {
    Request request = Requests.get(server);
    CallOptions soon = CallOptions.deadline(Duration.ofSeconds(10));
    List<Duration> later = new ArrayList<>();
    RateLimit daily = RateLimit.of(24, Duration.ofDays(1));
    try (BelayClient client = BelayClient.builder().rateLimit(daily).build()) {
      client.send(request, Answers.discard());
      // region refused
      try {
        client.send(request, Answers.discard(), soon);
      } catch (LimitReachedException e) { // nothing was sent in this attempt
        switch (e.limit()) {
          case RATE, BREAKER -> later.add(e.retryAfter().orElse(Duration.ofSeconds(1)));
          default -> throw e; // e.holders() names who has the room
        }
      }
      // endregion refused
    }
    assertThat(later)
        .singleElement()
        .satisfies(wait -> assertThat(wait).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
  }
}
