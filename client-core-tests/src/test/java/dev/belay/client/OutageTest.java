package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An origin that answers every request with a failure, and then none. */
@NoLeaks
class OutageTest {
  private static final int CALLS = 1_000;
  private static final int CALLERS = 16;

  /** What the retry budget allows in ten seconds beside its share. */
  private static final int RESERVE = 10;

  private static final RetryPolicy QUICK =
      RetryPolicy.builder().maxAttempts(3).backOff(Duration.ofMillis(1)).build();

  @RegisterExtension final HeadTripwire heads = new HeadTripwire();

  /** Written by the test, read by the server. */
  private volatile boolean healthy;

  @Test
  void it_gets_little_more_than_the_calls_and_serves_at_once_when_it_can() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(healthy ? 200 : 500));
        BelayClient client =
            BelayClient.builder()
                .maxConnections(CALLERS)
                .retry(QUICK)
                .eventListener(heads)
                .build()) {
      assertThat(successes(client, server)).isZero();
      int requests = server.requests();
      healthy = true;
      long start = System.nanoTime();
      int served = successes(client, server);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      Evidence.record(
          "5.4 1,000 calls of 3 attempts to an origin that always fails",
          "%,d requests; healthy again: %,d of %,d calls served in %d ms"
              .formatted(requests, served, CALLS, took.toMillis()));
      assertThat(requests).isBetween(CALLS + RESERVE, CALLS * 5 / 4 + RESERVE);
      assertThat(served).isGreaterThanOrEqualTo(CALLS * 9 / 10);
      assertThat(took).isLessThan(Duration.ofSeconds(10));
    }
  }

  private static int successes(BelayClient client, TestServer server) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        calls.add(callers.submit(() -> client.send(Requests.get(server), r -> r.code())));
      }
      int good = 0;
      for (Future<Integer> call : calls) {
        good += call.get() == 200 ? 1 : 0;
      }
      return good;
    } finally {
      callers.shutdown();
    }
  }
}
