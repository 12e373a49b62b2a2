package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many calls, of which one in twenty ends badly, and what is left of them. Without the leak check,
 * which would take the stack of every call.
 */
@Tag("endurance")
class SoakTest {
  private static final long CALLS = Long.getLong("belay.soak.calls", 200_000);
  private static final int SAMPLES = 40;
  private static final double MOST_BYTES_PER_CALL = 1.0;
  private static final Duration QUIET_LIMIT = Duration.ofSeconds(10);

  @ParameterizedTest
  @EnumSource
  void nothing_is_left_of_calls_that_end_well_or_badly(Wire wire) throws Exception {
    try (LeakWarnings warnings = new LeakWarnings();
        SoakServer server = new SoakServer(wire);
        BoundedPool pool = pool();
        BelayClient client =
            wire.applyTo(BelayClient.builder(pool))
                .retry(RetryPolicy.none())
                .maxConcurrentAttempts(30)
                .build()) {
      Holdings before = Holdings.of(client, server.port());
      SoakCallers callers = new SoakCallers(client, server);
      Slope heap = new Slope();
      long nanos = 0;
      for (int i = 0; i < SAMPLES; i++) {
        nanos += callers.run(CALLS / SAMPLES);
        awaitNothingOpen(client);
        heap.add(callers.calls(), Heap.usedAfterCollection());
      }
      callers.close();
      String measured = measured(callers, nanos, heap.ofLastHalf(), warnings.count());
      callers.check(measured);
      assertThat(heap.ofLastHalf())
          .as("%s, samples in kB above the first: %s", measured, heap)
          .isLessThan(MOST_BYTES_PER_CALL);
      awaitSame(client, server, before, measured);
      String line = wire == Wire.CLEAR ? "2.7" : "4.6 " + wire + ",";
      Evidence.record(
          line + " soak, " + CALLS + " calls", measured + ", left: as before, " + before);
      assertThat(pool.close(Duration.ZERO).clean()).as(measured).isTrue();
      assertThat(Holdings.of(client, server.port())).as(measured).isEqualTo(before);
    }
  }

  /** One whose connections and threads go soon when nobody calls. */
  private static BoundedPool pool() {
    return BoundedPool.builder().maxConnections(32).idleTime(Duration.ofMillis(100)).build();
  }

  /** A connection holds more memory than many calls, and there are more or less of them. */
  private static void awaitNothingOpen(BelayClient client) {
    long until = System.nanoTime() + QUIET_LIMIT.toNanos();
    while (!client.state.pool.ledger.isEmpty() || client.snapshot().open() > 0) {
      assertThat(System.nanoTime() - until).as(client.snapshot().toString()).isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** Idle connections have to grow old first, and threads to see that there is nothing to do. */
  private static void awaitSame(
      BelayClient client, SoakServer server, Holdings before, String measured) throws IOException {
    long until = System.nanoTime() + QUIET_LIMIT.toNanos();
    Holdings now = Holdings.of(client, server.port());
    while (!now.equals(before) && System.nanoTime() - until < 0) {
      now = Holdings.of(client, server.port());
    }
    assertThat(now).as(measured).isEqualTo(before);
  }

  private static String measured(SoakCallers callers, long nanos, double slope, int warnings) {
    return String.format(
        Locale.ROOT,
        "%,d calls at %,d/s, %s, %,d leaks logged, heap of the last half %+.3f B a call",
        callers.calls(),
        callers.calls() * TimeUnit.SECONDS.toNanos(1) / nanos,
        callers,
        warnings,
        slope);
  }
}
