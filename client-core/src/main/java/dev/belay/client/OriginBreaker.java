package dev.belay.client;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one origin. resilience4j counts and decides.
 *
 * <p>A permission belongs to the era that it was taken in: the time in which the breaker was closed
 * and then open, or that in which it was half open. What comes back after its era says nothing
 * about the next, and resilience4j, which does not tell them apart, hears nothing of it: it would
 * let through more attempts than it should, or take the results of old ones for those of trials.
 */
final class OriginBreaker {
  private final String client;
  private final Origin origin;
  private final CircuitBreakerPolicy policy;
  private final NanoClock clock;
  private final CircuitBreaker breaker;

  /** Never thrown: what failed is of no interest to resilience4j, which may log it. */
  private final Throwable failure = new Failed();

  /** Written by whoever opens the breaker, before others can see it open; read by anybody. */
  private volatile long openUntil;

  /** What the log knows; moved by whoever finds that it has changed, who then tells. */
  private final AtomicReference<CircuitBreaker.State> told =
      new AtomicReference<>(CircuitBreaker.State.CLOSED);

  OriginBreaker(String client, Origin origin, CircuitBreakerPolicy policy, NanoClock clock) {
    this.client = client;
    this.origin = origin;
    this.policy = policy;
    this.clock = clock;
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            .failureRateThreshold(policy.failureRate())
            .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(policy.window())
            .minimumNumberOfCalls(policy.minimumAttempts())
            .permittedNumberOfCallsInHalfOpenState(policy.halfOpenAttempts())
            .waitIntervalFunctionInOpenState(attempts -> opens())
            .clock(new InstantsOf(clock))
            .writableStackTraceEnabled(false)
            .build();
    breaker = CircuitBreaker.of(origin.toString(), config);
  }

  /** The first moment at which resilience4j lets somebody in is after the end of its interval. */
  private long opens() {
    long millis = policy.openFor().plusNanos(999_999).toMillis();
    openUntil = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(millis) + 1;
    return millis;
  }

  /** How long it stays open; zero when it is not. */
  Duration remaining() {
    boolean open = breaker.getState() == CircuitBreaker.State.OPEN;
    return open ? Duration.ofNanos(Math.max(0, openUntil - clock.nanos())) : Duration.ZERO;
  }

  boolean isOpen() {
    return !remaining().isZero();
  }

  /** Whether a new one would let the same attempts through now. */
  boolean isClosed() {
    return breaker.getState() == CircuitBreaker.State.CLOSED;
  }

  /** Takes a permission; the era that it belongs to, or null when there is none. */
  CircuitBreaker.@Nullable Metrics acquire() {
    boolean permitted = breaker.tryAcquirePermission();
    tellState();
    return permitted ? breaker.getMetrics() : null;
  }

  /** Gives a permission back that no result came of. */
  void release(CircuitBreaker.Metrics era) {
    if (isNow(era)) {
      breaker.releasePermission();
    }
  }

  void record(CircuitBreaker.Metrics era, boolean failed) {
    if (!isNow(era)) {
      return;
    }
    if (failed) {
      breaker.onError(0, TimeUnit.NANOSECONDS, failure);
    } else {
      breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }
    tellState();
  }

  /** Each era counts by an object of its own. */
  private boolean isNow(CircuitBreaker.Metrics era) {
    return breaker.getMetrics() == era;
  }

  private void tellState() {
    CircuitBreaker.State now = breaker.getState();
    if (told.get() == now || told.getAndSet(now) == now) {
      return;
    }
    switch (now) {
      case OPEN ->
          Log.CALL.info("{} fails: '{}' leaves it alone for {}", origin, client, openFor());
      case CLOSED -> Log.CALL.info("{} is well again: '{}' goes on with it", origin, client);
      default -> Log.CALL.debug("{} is tried out by '{}'", origin, client);
    }
  }

  private String openFor() {
    return Text.of(policy.openFor());
  }

  LimitReachedException refusal(CallEntry call) {
    Duration rest = remaining();
    return rest.isZero()
        ? refusal(call, " is tried out by other attempts", null)
        : refusal(call, " is open for another " + Text.of(rest), rest);
  }

  private LimitReachedException refusal(CallEntry call, String how, @Nullable Duration rest) {
    String what = "the circuit breaker of " + origin + how;
    return call.limitReached(LimitReachedException.Limit.BREAKER, what, rest);
  }

  /**
   * The clock of the pool, for those who count from an instant on. Which instant is all the same.
   */
  private static final class InstantsOf extends Clock {
    private final NanoClock clock;
    private final long start;

    InstantsOf(NanoClock clock) {
      this.clock = clock;
      start = clock.nanos();
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(clock.nanos() - start);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static final class Failed extends Throwable {
    private static final long serialVersionUID = 1;

    Failed() {
      super("an attempt failed", null, false, false);
    }
  }
}
