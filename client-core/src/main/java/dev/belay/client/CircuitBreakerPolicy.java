package dev.belay.client;

import java.time.Duration;

/**
 * When a client leaves an origin alone, because too many of its attempts there fail.
 *
 * <p>By default, of a policy that is switched on: when half of the last 50 attempts at an origin
 * failed, and there were at least 20, its breaker opens. For 10 s every call to that origin fails
 * at once, with {@link LimitReachedException.Limit#BREAKER} and the time that is left in {@link
 * LimitReachedException#retryAfter()}. Then 5 attempts are let through, and it closes or opens
 * again by their results. A call whose attempt opened the breaker ends with the failure or answer
 * of that attempt, and is not tried again.
 *
 * <ul>
 *   <li>A failure is an attempt that could not connect, lost its connection, got something that is
 *       no answer, or got none in time; and the statuses 500, 502, 503 and 504.
 *   <li>A success is any other answer, when its head has come.
 *   <li>Neither is what says nothing about the health of the server: a limit of this client, a
 *       cancel, a close, a deadline that passes before the attempt has begun to connect, a
 *       certificate that is not trusted, and 429, which limits one caller.
 * </ul>
 *
 * <p>Each client has a breaker for each origin that it used, of at most 1,000; those that are well
 * are forgotten first. Immutable, safe for use by several threads.
 */
public final class CircuitBreakerPolicy {
  private static final CircuitBreakerPolicy NONE =
      new CircuitBreakerPolicy(new CircuitBreakerPolicyBuilder(), false);

  private final boolean on;
  private final int failureRate;
  private final int window;
  private final int minimumAttempts;
  private final Duration openFor;
  private final int halfOpenAttempts;

  CircuitBreakerPolicy(CircuitBreakerPolicyBuilder builder) {
    this(builder, true);
  }

  private CircuitBreakerPolicy(CircuitBreakerPolicyBuilder builder, boolean on) {
    this.on = on;
    failureRate = builder.failureRate;
    window = builder.window;
    minimumAttempts = builder.minimumAttempts;
    openFor = builder.openFor;
    halfOpenAttempts = builder.halfOpenAttempts;
  }

  /**
   * No breaker.
   *
   * @return the policy that never leaves an origin alone
   */
  public static CircuitBreakerPolicy none() {
    return NONE;
  }

  /**
   * A policy with the defaults named above, to be changed.
   *
   * @return a new builder
   */
  public static CircuitBreakerPolicyBuilder builder() {
    return new CircuitBreakerPolicyBuilder();
  }

  boolean isNone() {
    return !on;
  }

  /**
   * The share of failures from which the breaker opens.
   *
   * @return in percent, from 1 to 100
   */
  public int failureRate() {
    return failureRate;
  }

  /**
   * How many of the last attempts count.
   *
   * @return at least 1
   */
  public int window() {
    return window;
  }

  /**
   * How many attempts there must have been for the breaker to open.
   *
   * @return from 1 to {@link #window()}
   */
  public int minimumAttempts() {
    return minimumAttempts;
  }

  /**
   * How long it stays open.
   *
   * @return at least a nanosecond
   */
  public Duration openFor() {
    return openFor;
  }

  /**
   * How many attempts are let through after that time, before it closes or opens again.
   *
   * @return at least 1
   */
  public int halfOpenAttempts() {
    return halfOpenAttempts;
  }

  @Override
  public String toString() {
    return isNone()
        ? "no circuit breaker"
        : "circuit breaker open for "
            + Text.of(openFor)
            + " when "
            + failureRate
            + " % of the last "
            + window
            + " attempts failed (at least "
            + minimumAttempts
            + "), then "
            + halfOpenAttempts
            + " attempts";
  }
}
