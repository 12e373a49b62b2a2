package dev.belay.client;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * How often, and after which pauses, a call is tried again.
 *
 * <p>By default three attempts in all, with full jitter: a random pause of at most 100 ms, then at
 * most 200 ms; from 1 s after a status that asks for patience (409, 429, 503). A {@code
 * Retry-After} is never undercut. A call is only tried again when that cannot do its work twice:
 *
 * <ul>
 *   <li>when nothing was sent, whatever the method;
 *   <li>when the server refused it: 421, 425, 429, and 503 with a {@code Retry-After}, whatever the
 *       method;
 *   <li>when its outcome is unknown, or the status is 408, 500, 502, 503 or 504, only if the method
 *       is idempotent (RFC 9110 section 9.2.2) or the call was declared so; the same holds for what
 *       {@link RetryPolicyBuilder#retryOnStatus} and {@link RetryPolicyBuilder#retryIf} add.
 * </ul>
 *
 * <p>At one origin no more than a fifth of the calls of the last ten seconds, and ten, are
 * repetitions: an outage is not answered with three times the load.
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
  private final @Nullable IntFunction<Duration> custom;
  private final Set<Integer> statuses;
  private final @Nullable Predicate<Response> wanted;
  final RetryBudget.@Nullable Terms budget;

  /** Made by the first call that it is for: a policy that nobody needs costs nothing. */
  private final Lazy<Retrying> retrying = new Lazy<>(() -> new Retrying(this));

  RetryPolicy(RetryPolicyBuilder builder) {
    maxAttempts = builder.maxAttempts;
    backOff = builder.backOff;
    throttledBackOff = builder.throttledBackOff;
    maxBackOff = builder.maxBackOff;
    custom = builder.custom;
    statuses = Set.copyOf(builder.statuses);
    wanted = builder.wanted;
    budget = builder.budget;
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
   * The longest pause before the second attempt; it doubles with each further one. Where the policy
   * has a rule of its own, which takes its place, it says nothing.
   *
   * @return zero for no pause
   */
  public Duration backOff() {
    return backOff;
  }

  /**
   * Like {@link #backOff()}, after a 409, 429 or 503.
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

  Retrying retrying() {
    return retrying.get();
  }

  /** The longest pause after so many attempts, before jitter and {@link #maxBackOff()}. */
  Duration longestPause(int attempts, boolean throttled) {
    if (custom != null) {
      return Check.notNegative(custom.apply(attempts), "backOff after " + attempts + " attempts");
    }
    Duration first = throttled ? throttledBackOff : backOff;
    double most = first.toMillis() * Math.pow(2, attempts - 1);
    return Duration.ofMillis((long) Math.min(most, (double) maxBackOff.toMillis()));
  }

  /** Whether an answer that the rules would not repeat is to be repeated where that is safe. */
  boolean wants(CallEntry call, Response answer) {
    if (statuses.contains(answer.code()) || wanted == null) {
      return statuses.contains(answer.code());
    }
    CallEntry before = Running.enter(call);
    try {
      return wanted.test(answer);
    } finally {
      Running.leave(before);
    }
  }

  @Override
  public String toString() {
    return maxAttempts == 1
        ? "no retry"
        : maxAttempts
            + " attempts, back-off "
            + (custom == null ? doubling() : "of its own")
            + " to "
            + Text.of(maxBackOff)
            + (statuses.isEmpty() ? "" : ", also on " + new TreeSet<>(statuses))
            + (wanted == null ? "" : ", also on what a predicate says")
            + ", budget "
            + (budget == null ? "none" : budget);
  }

  private String doubling() {
    return Text.of(backOff) + " (throttled " + Text.of(throttledBackOff) + ")";
  }
}
