package dev.belay.testkit;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What is common to the assertions of {@link LeakAssertions}: a description, a time for what is
 * being closed elsewhere, and a message that begins with what was expected.
 */
abstract class Checks<S> {
  static final Duration GRACE = Duration.ofMillis(250);
  private static final long LONGEST_STEP = Duration.ofMillis(20).toNanos();

  private String description = "";
  private Duration limit = GRACE;

  Checks() {}

  abstract S self();

  /** What is there, and who holds it. */
  abstract String state();

  /**
   * Puts a description before the message of what fails from here on.
   *
   * @param text what is judged; empty, the default, for nothing
   * @return this assertion
   */
  public final S as(String text) {
    description = text.isEmpty() ? "" : "[" + text + "] ";
    return self();
  }

  /**
   * How long the assertions from here on give what is being closed elsewhere. Default: 250 ms.
   * Those of counters that only grow do not wait.
   *
   * @param time zero looks once
   * @return this assertion
   * @throws IllegalArgumentException if it is negative
   */
  public final S within(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("within must not be negative but is " + time);
    }
    limit = Objects.requireNonNull(time, "time");
    return self();
  }

  final Duration limit() {
    return limit;
  }

  final S expect(boolean holds, String expectation) {
    if (!holds) {
      throw failure(expectation, state());
    }
    return self();
  }

  final AssertionError failure(String expectation, String state) {
    return new AssertionError(description + "expected " + expectation + ", but " + state);
  }

  /** Looks until it holds, less and less often; an interrupt is left to others. */
  final S expectSoon(BooleanSupplier holds, String expectation) {
    return expect(comesTrue(holds, limit), expectation);
  }

  static boolean comesTrue(BooleanSupplier holds, Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    long step = 1_000;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - until >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(step);
      step = Math.min(2 * step, LONGEST_STEP);
    }
    return true;
  }

  /** {@code 1 connection}, {@code 2 connections}. */
  static String number(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  static String lines(Supplier<Iterable<String>> found) {
    StringBuilder text = new StringBuilder();
    found.get().forEach(line -> text.append("\n  ").append(line));
    return text.toString();
  }
}
