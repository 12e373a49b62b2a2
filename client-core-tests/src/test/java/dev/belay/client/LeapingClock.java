package dev.belay.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The time of this machine, and what its test leaps over. */
final class LeapingClock implements NanoClock {
  private final AtomicLong leapt = new AtomicLong();

  @Override
  public long nanos() {
    return System.nanoTime() + leapt.get();
  }

  void leap(Duration time) {
    leapt.addAndGet(time.toNanos());
  }

  static LeapingClock of(BelayClient client) {
    return (LeapingClock) client.state.pool.clock;
  }
}
