package dev.belay.client;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/** Leases that are held for too long: named once, and once more when they come back. */
final class Leaks {
  private final long threshold;
  private final boolean watches;
  private final Executor callbacks;
  private final LongAdder leaked = new LongAdder();
  private final LongAdder reclaimed = new LongAdder();

  /**
   * @param callbacks runs the logging, which may block and must not do so where deadlines are kept
   */
  Leaks(Duration threshold, TrackingLevel tracking, Executor callbacks) {
    this.threshold = threshold.toNanos();
    watches = tracking != TrackingLevel.OFF;
    this.callbacks = callbacks;
  }

  /** When a call that starts now can be due for a report. */
  long firstLook(long now) {
    return watches ? now + threshold : Ticket.NEVER;
  }

  /** Reports a lease that is due; returns when to look again. */
  long look(Lease lease, long now) {
    long due = lease.heldSince() + threshold;
    if (!watches || lease.isReported()) {
      return Ticket.NEVER;
    }
    if (now - due < 0) {
      return due;
    }
    if (lease.report()) {
      leaked.increment();
      Holder holder = lease.call.holder();
      callbacks.execute(
          () -> Log.LEAK.warn("a connection is held for {}: {}", Text.of(lease.heldFor()), holder));
    }
    return Ticket.NEVER;
  }

  void cameBack(Lease lease) {
    String after = Text.of(lease.heldFor());
    callbacks.execute(() -> Log.LEAK.info("{} came back after {}", lease.call, after));
  }

  /** Nobody had closed a response, and its deadline or a close took its connection back. */
  void reclaimed(boolean wasReported) {
    reclaimed.increment();
    if (!wasReported) {
      leaked.increment();
    }
  }

  long leaked() {
    return leaked.sum();
  }

  long reclaimed() {
    return reclaimed.sum();
  }
}
