package dev.belay.client;

import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.time.Instant;
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
  private final DoubleSupplier random;
  private final Retry retry;

  Retrying(RetryPolicy policy, DoubleSupplier random) {
    this.policy = policy;
    this.random = random;
    RetryConfig config =
        RetryConfig.<Wish>custom()
            .maxAttempts(policy.maxAttempts())
            .retryOnResult(wish -> true)
            .intervalBiFunction(this::pauseMillis)
            .build();
    retry = Retry.of("attempts", config);
  }

  /** What a failed attempt asks for: jitter over this base, and never less than the floor. */
  private record Wish(Duration base, Duration floor) {}

  /** The pause before the next attempt; null when this answer is the one to return. */
  @Nullable Duration after(CallEntry call, Response answer) {
    Duration wait = RetryAfter.parse(answer.header(RetryAfter.HEADER), Instant.now());
    if (!mayRepeat(call, answer.code(), wait != null)) {
      return null;
    }
    boolean throttled = answer.code() == 429 || answer.code() == 503;
    Duration base = throttled ? policy.throttledBackOff() : policy.backOff();
    return pause(call, new Wish(base, wait == null ? Duration.ZERO : wait));
  }

  private static boolean mayRepeat(CallEntry call, int status, boolean retryAfter) {
    return switch (status) {
      case 429 -> isRepeatable(call);
      case 503 -> (retryAfter || call.idempotent) && isRepeatable(call);
      case 408, 500, 502, 504 -> call.idempotent && isRepeatable(call);
      default -> false;
    };
  }

  /** A body that its owner can write only once has been written. */
  static boolean isRepeatable(CallEntry call) {
    return call.request.body() == null || !call.request.body().isOneShot();
  }

  /** The pause before the next attempt; null when this failure is the one to throw. */
  @Nullable Duration after(CallEntry call, CallFailedException failure) {
    boolean harmless = failure.outcome() == Outcome.NOT_SENT;
    if (!isTransient(call, failure) || !(harmless || (call.idempotent && isRepeatable(call)))) {
      return null;
    }
    return pause(call, new Wish(policy.backOff(), Duration.ZERO));
  }

  /**
   * What may go otherwise the next time. A server that switches protocols will do so again, and
   * settings that name a SOCKS proxy will not change by themselves.
   */
  private static boolean isTransient(CallEntry call, CallFailedException failure) {
    int status = failure.status().orElse(0);
    boolean settings = failure.getCause() instanceof Target.SocksRefusedException;
    return (failure instanceof ConnectFailedException && !settings)
        || failure instanceof ConnectionLostException
        || (failure instanceof BadAnswerException && status != Failures.SWITCHING_PROTOCOLS)
        || (failure instanceof DeadlineExceededException && call.cut() == null);
  }

  private @Nullable Duration pause(CallEntry call, Wish wish) {
    Retry.AsyncContext<Wish> context = call.attempts.retryContext(() -> retry.asyncContext());
    long millis = context.onResult(wish);
    if (millis < 0) {
      return null;
    }
    Duration pause = Duration.ofMillis(millis);
    return pause.compareTo(call.deadline.remaining()) < 0 ? pause : null;
  }

  /**
   * Full jitter: as spread as can be, so that callers who failed together do not return together.
   */
  private Long pauseMillis(int attempt, Either<Throwable, Wish> failed) {
    Wish wish = failed.get();
    double most = wish.base().toMillis() * Math.pow(2, attempt - 1);
    double capped = Math.min(most, (double) policy.maxBackOff().toMillis());
    long jittered = (long) (random.getAsDouble() * capped);
    return Math.max(jittered, roundedUp(wish.floor()));
  }

  private static long roundedUp(Duration wait) {
    return wait.plusNanos(999_999).toMillis();
  }
}
