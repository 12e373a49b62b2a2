package dev.belay.client;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds calls back while their origin wants to be left alone: what one of them is told by a {@code
 * Retry-After} counts for all. Else every other call would go there to be told the same.
 */
final class OriginPause {
  /** Those that were held back do not come back at the same moment: up to a tenth later. */
  private static final double SPREAD = 0.1;

  /** And no later than that, however long the pause: it is the origin that named the moment. */
  private static final long MOST_SPREAD = Duration.ofSeconds(1).toNanos();

  private final Pause gate = new Pause(Phase.ORIGIN_PAUSE);
  private final Origins origins;
  private final Duration longest;
  private final DoubleSupplier random;

  OriginPause(Origins origins, Duration longest, DoubleSupplier random) {
    this.origins = origins;
    this.longest = longest;
    this.random = random;
  }

  /** What an answer says, for all calls to its origin. */
  void heard(CallEntry call, int status, @Nullable Duration wait) {
    if (wait != null && (status == Status.TOO_MANY_REQUESTS || status == Status.UNAVAILABLE)) {
      Duration pause = wait.compareTo(longest) < 0 ? wait : longest;
      if (!pause.isZero()) {
        origins.of(call).holdBackUntil(call.deadline.now() + pause.toNanos());
      }
    }
  }

  boolean isOn(CallEntry call) {
    return !origins.of(call).heldBackFor(call.deadline.now()).isZero();
  }

  /**
   * True when the call has to wait, and look again afterwards: the pause may have become longer.
   *
   * @throws LimitReachedException at once when the call would wait beyond its deadline
   */
  boolean holdsBack(CallEntry call) throws CallFailedException {
    long now = call.deadline.now();
    Duration left = origins.of(call).heldBackFor(now);
    if (left.isZero()) {
      return false;
    }
    long rest = call.deadline.endsAt() - now - left.toNanos();
    if (rest <= 0) {
      throw refusal(call, left);
    }
    call.pause(gate.until(call, now + left.toNanos() + spread(left.toNanos(), rest)));
    return true;
  }

  /** Leaves the call half of the time that it has after the pause: it would wait for nothing. */
  private long spread(long left, long rest) {
    double most = Math.min(SPREAD * (double) left, (double) MOST_SPREAD);
    return (long) (random.getAsDouble() * Math.min(most, (double) rest / 2));
  }

  private static LimitReachedException refusal(CallEntry call, Duration left) {
    call.phase = Phase.ORIGIN_PAUSE;
    String what =
        call.route.origin() + " wants to be left alone for " + Text.of(left) + " (Retry-After)";
    return new LimitReachedException(
        call + " was refused: " + what,
        call.circumstances().withRetryAfter(left),
        LimitReachedException.Limit.PAUSE,
        List.of());
  }
}
