package dev.belay.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only its test moves. It begins below zero, as that of a JVM may. */
final class ManualClock implements NanoClock {
  private static final long START = Duration.ofSeconds(-20).toNanos();
  private final AtomicLong now = new AtomicLong(START);

  @Override
  public long nanos() {
    return now.get();
  }

  void pass(Duration time) {
    long unused = now.addAndGet(time.toNanos());
  }

  /** What it shows when so much time has passed since it began. */
  long at(Duration sinceStart) {
    return START + sinceStart.toNanos();
  }
}
