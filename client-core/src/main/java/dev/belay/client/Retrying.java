package dev.belay.client;

import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failed attempt may be followed by another one, and after which pause.
 *
 * <p>resilience4j counts the attempts and applies the intervals; the waiting is a gate of ours,
 * because its own sleeps on the caller's thread and answers to no deadline and no close.
 */
final class Retrying {
  private final RetryPolicy policy;
  private final Retry retry;

  Retrying(RetryPolicy policy) {
    this.policy = policy;
    RetryConfig config =
        RetryConfig.<Wish>custom()
            .maxAttempts(policy.maxAttempts())
            .retryOnResult(wish -> true)
            .intervalBiFunction(this::pauseMillis)
            .build();
    retry = Retry.of("attempts", config);
  }

  /** What a failed attempt asks for: jitter over a base, and never less than the floor. */
  private record Wish(boolean throttled, Duration floor, DoubleSupplier random) {}

  /** The pause before the next attempt; null when this answer is the one to return. */
  @Nullable Duration after(
      CallEntry call, Origins origins, Response answer, @Nullable Duration wait) {
    if (!Repeatable.is(call, answer, wait != null)) {
      return null;
    }
    Duration floor = wait == null ? Duration.ZERO : wait;
    Wish wish = new Wish(Repeatable.isThrottled(answer.code()), floor, call.pool.random);
    return pause(call, origins, wish, "status " + answer.code());
  }

  /** The pause before the next attempt; null when this failure is the one to throw. */
  @Nullable Duration after(CallEntry call, Origins origins, CallFailedException failure) {
    return Repeatable.is(call, failure)
        ? pause(call, origins, new Wish(false, Duration.ZERO, call.pool.random), failure.outcome())
        : null;
  }

  private @Nullable Duration pause(CallEntry call, Origins origins, Wish wish, Object last) {
    long millis = next(call, wish);
    if (millis < 0) {
      warnIfExhausted(call, last);
      return null;
    }
    Duration pause = Duration.ofMillis(millis);
    boolean fits = pause.compareTo(call.deadline.remaining()) < 0;
    return fits && isAffordable(call, origins) ? pause : null;
  }

  /** A rule of pauses is code of the call: what it calls may wait for that one in vain. */
  private long next(CallEntry call, Wish wish) {
    Retry.AsyncContext<Wish> context = call.attempts.retryContext(() -> retry.asyncContext());
    CallEntry before = Running.enter(call);
    try {
      return context.onResult(wish);
    } finally {
      Running.leave(before);
    }
  }

  private void warnIfExhausted(CallEntry call, Object last) {
    if (policy.maxAttempts() > 1) {
      Log.RETRY.warn("{} gave up after {} attempts: {}", call, policy.maxAttempts(), last);
    }
  }

  private boolean isAffordable(CallEntry call, Origins origins) {
    RetryBudget.Terms terms = policy.budget;
    if (terms == null) {
      return true;
    }
    RetryBudget budget = origins.of(call).budget;
    long now = call.deadline.now();
    boolean affordable = budget.take(terms, now);
    long refused = affordable ? 0 : budget.refusals(now);
    if (refused > 0) {
      Log.RETRY.warn(
          "{}: {} repetitions refused, which is beyond the budget of {}",
          call.route.origin(),
          refused,
          terms);
    }
    return affordable;
  }

  /**
   * Full jitter: as spread as can be, so that callers who failed together do not return together.
   */
  private Long pauseMillis(int attempt, Either<Throwable, Wish> failed) {
    Wish wish = failed.get();
    double longest = policy.longestPause(attempt, wish.throttled()).toMillis();
    double capped = Math.min(longest, (double) policy.maxBackOff().toMillis());
    long jittered = (long) (wish.random().getAsDouble() * capped);
    return Math.max(jittered, roundedUp(wish.floor()));
  }

  private static long roundedUp(Duration wait) {
    return wait.plusNanos(999_999).toMillis();
  }
}
