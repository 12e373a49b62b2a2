package dev.belay.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;

/** Builds a {@link CircuitBreakerPolicy}. Not safe for use by several threads. */
@SuppressWarnings("exports") // annotations for tools, which a consumer need not have
public final class CircuitBreakerPolicyBuilder {
  private static final int ALL = 100;

  int failureRate = 50;
  int window = 50;
  int minimumAttempts = 20;
  Duration openFor = Duration.ofSeconds(10);
  int halfOpenAttempts = 5;

  CircuitBreakerPolicyBuilder() {}

  /**
   * The share of failures among the last attempts from which the breaker opens. Default: 50.
   *
   * @param percent from 1 to 100
   * @return this builder
   * @throws IllegalArgumentException if it is anything else
   */
  @CanIgnoreReturnValue
  public CircuitBreakerPolicyBuilder failureRate(int percent) {
    if (percent > ALL) {
      throw new IllegalArgumentException("failureRate must be at most 100, but is " + percent);
    }
    failureRate = Check.atLeast(1, percent, "failureRate");
    return this;
  }

  /**
   * How many of the last attempts count. Default: 50.
   *
   * @param attempts at least 1
   * @return this builder
   * @throws IllegalArgumentException if there is less than one
   */
  @CanIgnoreReturnValue
  public CircuitBreakerPolicyBuilder window(int attempts) {
    window = Check.atLeast(1, attempts, "window");
    return this;
  }

  /**
   * How many attempts there must have been before the breaker can open. Default: 20, which is seven
   * calls that failed with all their attempts.
   *
   * @param attempts at least 1, and no more than {@link #window}
   * @return this builder
   * @throws IllegalArgumentException if there is less than one
   */
  @CanIgnoreReturnValue
  public CircuitBreakerPolicyBuilder minimumAttempts(int attempts) {
    minimumAttempts = Check.atLeast(1, attempts, "minimumAttempts");
    return this;
  }

  /**
   * How long the breaker stays open. Default: 10 s.
   *
   * @param time longer than zero; rounded up to a millisecond
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public CircuitBreakerPolicyBuilder openFor(Duration time) {
    openFor = Check.positive(time, "openFor");
    return this;
  }

  /**
   * How many attempts are let through after that time, before the breaker closes or opens again.
   * Default: 5. It needs {@link #minimumAttempts} of them, where that is less.
   *
   * @param attempts at least 1
   * @return this builder
   * @throws IllegalArgumentException if there is less than one
   */
  @CanIgnoreReturnValue
  public CircuitBreakerPolicyBuilder halfOpenAttempts(int attempts) {
    halfOpenAttempts = Check.atLeast(1, attempts, "halfOpenAttempts");
    return this;
  }

  /**
   * The policy.
   *
   * @return a new policy
   * @throws IllegalStateException if more attempts are needed than count
   */
  public CircuitBreakerPolicy build() {
    if (minimumAttempts > window) {
      throw new IllegalStateException(
          "minimumAttempts (" + minimumAttempts + ") exceeds window (" + window + ")");
    }
    return new CircuitBreakerPolicy(this);
  }
}
