package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Collects garbage until something is seen that depends on it. */
final class Garbage {
  private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int LOOKS = 50;

  private Garbage() {}

  /** Looks for what was forgotten as well, so that no test waits for the next second to do it. */
  static void collectUntil(BooleanSupplier seen) {
    collect(seen, () -> Forgotten.look(Runnable::run));
  }

  /** Leaves it to others to look. */
  static void collectOnlyUntil(BooleanSupplier seen) {
    collect(seen, () -> {});
  }

  private static void collect(BooleanSupplier seen, Runnable look) {
    long start = System.nanoTime();
    while (!seen.getAsBoolean()) {
      assertThat(System.nanoTime() - start).isLessThan(MOST_NANOS);
      System.gc();
      lookFor(seen, look);
    }
  }

  /** What was collected is known a little later; a next collection would only be in the way. */
  private static void lookFor(BooleanSupplier seen, Runnable look) {
    for (int i = 0; i < LOOKS && !seen.getAsBoolean(); i++) {
      look.run();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
