package dev.belay.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;

/** Builds a {@link RetryPolicy}. Not safe for use by several threads. */
@SuppressWarnings("exports") // annotations for tools, which a consumer need not have
public final class RetryPolicyBuilder {
  int maxAttempts = 3;
  Duration backOff = Duration.ofMillis(100);
  Duration throttledBackOff = Duration.ofSeconds(1);
  Duration maxBackOff = Duration.ofSeconds(20);

  RetryPolicyBuilder() {}

  /**
   * How many attempts a call has, the first included. Default: 3.
   *
   * @param attempts at least 1; 1 switches retrying off
   * @return this builder
   * @throws IllegalArgumentException if there is less than one
   */
  @CanIgnoreReturnValue
  public RetryPolicyBuilder maxAttempts(int attempts) {
    maxAttempts = Check.atLeast(1, attempts, "maxAttempts");
    return this;
  }

  /**
   * The longest pause before the second attempt, doubled before each further one. Default: 100 ms.
   *
   * @param pause zero for none
   * @return this builder
   * @throws IllegalArgumentException if it is negative
   */
  @CanIgnoreReturnValue
  public RetryPolicyBuilder backOff(Duration pause) {
    backOff = Check.notNegative(pause, "backOff");
    return this;
  }

  /**
   * Like {@link #backOff(Duration)}, after a 429 or 503. Default: 1 s.
   *
   * @param pause zero for none
   * @return this builder
   * @throws IllegalArgumentException if it is negative
   */
  @CanIgnoreReturnValue
  public RetryPolicyBuilder throttledBackOff(Duration pause) {
    throttledBackOff = Check.notNegative(pause, "throttledBackOff");
    return this;
  }

  /**
   * What no computed pause exceeds. A {@code Retry-After} may. Default: 20 s.
   *
   * @param pause at least as long as the two back-offs; zero for no pause but a {@code Retry-After}
   * @return this builder
   * @throws IllegalArgumentException if it is negative
   */
  @CanIgnoreReturnValue
  public RetryPolicyBuilder maxBackOff(Duration pause) {
    maxBackOff = Check.notNegative(pause, "maxBackOff");
    return this;
  }

  /**
   * The policy.
   *
   * @return a new policy
   * @throws IllegalStateException if a back-off is longer than the maximum
   */
  public RetryPolicy build() {
    refuseBeyondMaximum("backOff", backOff);
    refuseBeyondMaximum("throttledBackOff", throttledBackOff);
    return new RetryPolicy(this);
  }

  private void refuseBeyondMaximum(String setting, Duration pause) {
    if (pause.compareTo(maxBackOff) > 0) {
      throw new IllegalStateException(
          setting + " (" + Text.of(pause) + ") exceeds maxBackOff (" + Text.of(maxBackOff) + ")");
    }
  }
}
