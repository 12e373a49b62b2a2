package dev.belay.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A time that only its test moves, so that an hour of back-off or idleness costs nothing and ends
 * on the nanosecond.
 *
 * <p>It stands still until {@link #advance} moves it. Its origin is arbitrary and below zero, as
 * that of {@link System#nanoTime()} may be. A pool of Belay goes by it with {@code
 * timeSource(clock, clock::whenAdvanced)}; anything else that takes its time from a {@code
 * LongSupplier} of nanoseconds can use it too.
 *
 * <p>What begins to wait waits from the time that the clock shows then. So let a call reach its
 * wait before the time is moved: {@link LeakAssertions.PoolsAssert#awaitCalls} waits for that.
 *
 * <p>Thread-safe. Nothing has to be closed.
 */
public final class VirtualClock implements LongSupplier {
  private static final long START = Duration.ofHours(-1).toNanos();

  private final AtomicLong now = new AtomicLong(START);
  private final List<Runnable> actions = new CopyOnWriteArrayList<>();

  /** A clock that stands still. */
  public VirtualClock() {}

  /**
   * The time. Does not block.
   *
   * @return nanoseconds since an arbitrary origin, to be compared by their difference
   */
  @Override
  public long getAsLong() {
    return now.get();
  }

  /**
   * How far the clock has been moved.
   *
   * @return the sum of all that it was advanced by
   */
  public Duration elapsed() {
    return Duration.ofNanos(now.get() - START);
  }

  /**
   * Moves the time on, then runs the actions of {@link #whenAdvanced} on this thread. Of a pool of
   * Belay all that is due by then has ended when this returns: calls past their deadline were cut,
   * calls whose back-off is over go on, connections idle for too long are closed.
   *
   * @param time how far; zero runs the actions only
   * @throws IllegalArgumentException if it is negative
   * @throws ArithmeticException if it is more than about 292 years
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("a clock does not go back, but was moved by " + time);
    }
    long unused = now.addAndGet(time.toNanos());
    actions.forEach(Runnable::run);
  }

  /**
   * Has something run after each {@link #advance}, on the thread of whoever advances, in the order
   * of these calls. For what sleeps until a time and has to look at the clock again.
   *
   * @param action must be harmless when it comes too often, or on several threads at once; kept as
   *     long as this clock
   */
  public void whenAdvanced(Runnable action) {
    actions.add(Objects.requireNonNull(action, "action"));
  }

  /** How far it was moved. */
  @Override
  public String toString() {
    return "VirtualClock[" + elapsed() + " after its start]";
  }
}
