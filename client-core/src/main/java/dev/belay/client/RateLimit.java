package dev.belay.client;

import java.time.Duration;

/**
 * How many attempts a client may begin in a time.
 *
 * <p>The time is cut into equal steps, one for each attempt: with 50 a second an attempt begins
 * every 20 ms at most, and a client that has been idle begins one at once and not fifty. Every
 * attempt counts, retries included, because that is what a server counts. Who has to wait waits in
 * order. Of one client and its scopes: two clients, and two processes, have a limit each.
 * Immutable, safe for use by several threads.
 */
public final class RateLimit {
  private static final RateLimit NONE = new RateLimit(0, Duration.ZERO);

  private final int permits;
  private final Duration period;

  private RateLimit(int permits, Duration period) {
    this.permits = permits;
    this.period = period;
  }

  /**
   * So many attempts in such a time, spread evenly over it.
   *
   * @param permits at least 1
   * @param period longer than zero; the step, its part for one attempt, is rounded up to a
   *     nanosecond
   * @return the limit
   * @throws IllegalArgumentException if either is less
   */
  public static RateLimit of(int permits, Duration period) {
    return new RateLimit(Check.atLeast(1, permits, "permits"), Check.positive(period, "period"));
  }

  /**
   * The same for a period of one second.
   *
   * @param permits at least 1
   * @return the limit
   * @throws IllegalArgumentException if it is less than 1
   */
  public static RateLimit perSecond(int permits) {
    return of(permits, Duration.ofSeconds(1));
  }

  /**
   * No limit.
   *
   * @return the limit that lets every attempt begin at once
   */
  public static RateLimit none() {
    return NONE;
  }

  boolean isNone() {
    return permits == 0;
  }

  /** The time from the turn of one attempt to that of the next; never shorter than it should be. */
  Duration step() {
    long nanos = period.toNanos();
    return Duration.ofNanos(nanos / permits + (nanos % permits == 0 ? 0 : 1));
  }

  @Override
  public String toString() {
    return isNone() ? "no rate limit" : "at most " + permits + " attempts in " + Text.of(period);
  }
}
