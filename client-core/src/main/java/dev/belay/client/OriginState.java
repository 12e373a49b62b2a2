package dev.belay.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a client knows of an origin: what it repeated there, and how long it has to hold back. */
final class OriginState {
  final RetryBudget budget = new RetryBudget();

  /** Null before the first pause; moved to later moments only, by whoever is asked to wait. */
  private final AtomicReference<@Nullable Long> heldBackUntil = new AtomicReference<>();

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
    return heldBackFor(now).isZero() && budget.isUnused(now);
  }
}
