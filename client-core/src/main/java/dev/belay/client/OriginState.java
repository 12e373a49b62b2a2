package dev.belay.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client knows of an origin: what it repeated there, how it fared, how long to hold back.
 */
final class OriginState {
  final RetryBudget budget = new RetryBudget();

  /** Null before the first pause; moved to later moments only, by whoever is asked to wait. */
  private final AtomicReference<@Nullable Long> heldBackUntil = new AtomicReference<>();

  /** Null without a policy, and before the first call; set by whoever comes first. */
  private final AtomicReference<@Nullable OriginBreaker> breaker = new AtomicReference<>();

  OriginBreaker breaker(Supplier<OriginBreaker> first) {
    OriginBreaker known = breaker.get();
    if (known != null) {
      return known;
    }
    OriginBreaker mine = first.get();
    OriginBreaker other = breaker.compareAndExchange(null, mine);
    return other == null ? mine : other;
  }

  void holdBackUntil(long at) {
    Long unused =
        heldBackUntil.updateAndGet(last -> last == null || at - last > 0 ? Long.valueOf(at) : last);
  }

  Duration heldBackFor(long now) {
    Long until = heldBackUntil.get();
    return until == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, until - now));
  }

  /** Whether a new one would say the same. */
  boolean isForgettable(long now) {
    OriginBreaker known = breaker.get();
    return heldBackFor(now).isZero() && budget.isUnused(now) && (known == null || known.isClosed());
  }
}
