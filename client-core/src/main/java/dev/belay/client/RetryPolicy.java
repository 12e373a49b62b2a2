package dev.belay.client;

import java.time.Duration;

/**
 * How often, and after which pauses, a call is tried again.
 *
 * <p>By default three attempts in all, with full jitter: a random pause of at most 100 ms, then at
 * most 200 ms; after a status that says the server is overloaded (429, 503) from 1 s. A {@code
 * Retry-After} is never undercut. A call is only tried again when that cannot do its work twice:
 *
 * <ul>
 *   <li>when nothing was sent, whatever the method;
 *   <li>when the server refused it: 429, and 503 with a {@code Retry-After}, whatever the method;
 *   <li>when its outcome is unknown, or the status is 408, 500, 502, 503 or 504, only if the method
 *       is idempotent (RFC 9110 section 9.2.2) or the call was declared so.
 * </ul>
 *
 * <p>The answer of a failed attempt is closed, and its connection given back, before the pause. A
 * pause that would pass the deadline of the call is not begun. Immutable, safe for use by several
 * threads.
 */
public final class RetryPolicy {
  static final RetryPolicy DEFAULT = builder().build();
  private static final RetryPolicy NONE = builder().maxAttempts(1).build();

  private final int maxAttempts;
  private final Duration backOff;
  private final Duration throttledBackOff;
  private final Duration maxBackOff;

  RetryPolicy(RetryPolicyBuilder builder) {
    maxAttempts = builder.maxAttempts;
    backOff = builder.backOff;
    throttledBackOff = builder.throttledBackOff;
    maxBackOff = builder.maxBackOff;
  }

  /**
   * One attempt and no other.
   *
   * @return the policy that never tries again
   */
  public static RetryPolicy none() {
    return NONE;
  }

  /**
   * A policy with the defaults named above, to be changed.
   *
   * @return a new builder
   */
  public static RetryPolicyBuilder builder() {
    return new RetryPolicyBuilder();
  }

  /**
   * How many attempts a call has, the first included.
   *
   * @return at least 1; 1 means that nothing is tried again
   */
  public int maxAttempts() {
    return maxAttempts;
  }

  /**
   * The longest pause before the second attempt; it doubles with each further one.
   *
   * @return zero for no pause
   */
  public Duration backOff() {
    return backOff;
  }

  /**
   * Like {@link #backOff()}, after a 429 or 503.
   *
   * @return zero for no pause
   */
  public Duration throttledBackOff() {
    return throttledBackOff;
  }

  /**
   * What no computed pause exceeds. A {@code Retry-After} may.
   *
   * @return at least {@link #backOff()} and {@link #throttledBackOff()}; zero for no pause but a
   *     {@code Retry-After}
   */
  public Duration maxBackOff() {
    return maxBackOff;
  }

  @Override
  public String toString() {
    return maxAttempts == 1
        ? "no retry"
        : maxAttempts
            + " attempts, back-off "
            + Text.of(backOff)
            + " (throttled "
            + Text.of(throttledBackOff)
            + ") to "
            + Text.of(maxBackOff);
  }
}
