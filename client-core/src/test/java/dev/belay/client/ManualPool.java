package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import okhttp3.Request;

/** A pool on a clock that only its test moves, and calls that nobody drives. */
final class ManualPool {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  long now;
  final PoolState state;

  ManualPool() {
    this(() -> 0.5);
  }

  ManualPool(DoubleSupplier random) {
    PoolSettings settings =
        new PoolSettings(
            "manual",
            1,
            1,
            1,
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            10,
            Duration.ofSeconds(5),
            TrackingLevel.OFF,
            MINUTE,
            null,
            false);
    state = new PoolState(settings, () -> now, random);
    Thread none = state.housekeeper.stop(); // the test sweeps
    assertThat(none).isNull();
  }

  CallEntry call(Waker waker, Duration deadline) {
    return call(waker, deadline, state.node, "http://host.test/");
  }

  CallEntry call(Waker waker, Duration deadline, Node node, String url) {
    Request request = new Request.Builder().url(url).build();
    CallTerms terms = new CallTerms(true, false, deadline, RetryPolicy.DEFAULT, null);
    CallEntry.Start start =
        new CallEntry.Start(
            node, request, Wiring.DEFAULT, Secrets.NONE, terms, UserEvents.NONE, null);
    CallEntry call = new CallEntry(start, state, waker, 1);
    state.ledger.add(call);
    return call;
  }

  void pass(Duration time) {
    now += time.toNanos();
    long unused = state.housekeeper.sweep(now);
  }

  /** Counts how often a call was woken. */
  static final class CountingWaker implements Waker {
    int wakes;

    @Override
    public void wake() {
      wakes++;
    }

    @Override
    public void wake(Executor thread) {
      wakes++;
    }

    @Override
    public boolean isThread() {
      return true;
    }

    @Override
    public boolean mayBlock() {
      return true;
    }
  }
}
