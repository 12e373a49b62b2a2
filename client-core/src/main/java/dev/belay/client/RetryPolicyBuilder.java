package dev.belay.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Builds a {@link RetryPolicy}. Not safe for use by several threads. */
@SuppressWarnings("exports") // annotations for tools, which a consumer need not have
public final class RetryPolicyBuilder {
  int maxAttempts = 3;
  Duration backOff = Duration.ofMillis(100);
  Duration throttledBackOff = Duration.ofSeconds(1);
  Duration maxBackOff = Duration.ofSeconds(20);
  @Nullable IntFunction<Duration> custom;
  final Set<Integer> statuses = new TreeSet<>();
  @Nullable Predicate<Response> wanted;
  RetryBudget.@Nullable Terms budget = new RetryBudget.Terms(0.2, 10);

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
   * Like {@link #backOff(Duration)}, after a 409, 429 or 503. Default: 1 s.
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
   * The longest pause by a rule of one's own, instead of both doubling ones, in whatever order they
   * are given. Default: none. The pause itself is random between zero and what the rule says, no
   * longer than {@link #maxBackOff}, and no shorter than a {@code Retry-After}.
   *
   * @param longest called with the number of attempts that were made, from 1 on, by several
   *     threads; what it throws fails the call
   * @return this builder
   */
  @CanIgnoreReturnValue
  public RetryPolicyBuilder backOff(IntFunction<Duration> longest) {
    custom = Objects.requireNonNull(longest, "backOff");
    return this;
  }

  /**
   * Statuses that are tried again beside those of the rules, where the method is idempotent or the
   * call was declared so. Default: none. May be given several times.
   *
   * @param codes each from 100 to 999
   * @return this builder
   * @throws IllegalArgumentException if one is not
   */
  @CanIgnoreReturnValue
  public RetryPolicyBuilder retryOnStatus(int... codes) {
    for (int code : codes) {
      if (code < 100 || code > 999) {
        throw new IllegalArgumentException("retryOnStatus must be from 100 to 999, but is " + code);
      }
      statuses.add(code);
    }
    return this;
  }

  /**
   * Answers that are tried again beside those of the rules, where the method is idempotent or the
   * call was declared so. Default: none.
   *
   * @param answer looks at the head of an answer and leaves its body alone; called on the thread of
   *     the call, by several at once; what it throws fails the call
   * @return this builder
   */
  @CanIgnoreReturnValue
  public RetryPolicyBuilder retryIf(Predicate<Response> answer) {
    wanted = Objects.requireNonNull(answer, "retryIf");
    return this;
  }

  /**
   * How much may be repeated at one origin by one client in ten seconds. Default: a fifth (0.2) of
   * its calls there, and 10. What comes beyond ends with the answer or failure that it has.
   *
   * @param share of the calls, 0 for the reserve alone
   * @param reserve for those who make few calls; 0 for the share alone
   * @return this builder
   * @throws IllegalArgumentException if either is negative, or the share is more than 1 or no
   *     number
   */
  @CanIgnoreReturnValue
  public RetryPolicyBuilder budget(double share, int reserve) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("budget must have a share from 0 to 1, but has " + share);
    }
    budget = new RetryBudget.Terms(share, Check.atLeast(0, reserve, "budget"));
    return this;
  }

  /**
   * As many repetitions as the attempts allow: under an outage every call makes all of them.
   *
   * @return this builder
   */
  @CanIgnoreReturnValue
  public RetryPolicyBuilder withoutBudget() {
    budget = null;
    return this;
  }

  /**
   * The policy.
   *
   * @return a new policy
   * @throws IllegalStateException if a back-off is longer than the maximum
   */
  public RetryPolicy build() {
    if (custom == null) {
      refuseBeyondMaximum("backOff", backOff);
      refuseBeyondMaximum("throttledBackOff", throttledBackOff);
    }
    return new RetryPolicy(this);
  }

  private void refuseBeyondMaximum(String setting, Duration pause) {
    if (pause.compareTo(maxBackOff) > 0) {
      throw new IllegalStateException(
          setting + " (" + Text.of(pause) + ") exceeds maxBackOff (" + Text.of(maxBackOff) + ")");
    }
  }
}
