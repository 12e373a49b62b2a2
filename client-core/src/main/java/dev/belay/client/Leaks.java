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
    if (!watches || lease.isReported() || lease.call.idle != null) {
      return Ticket.NEVER;
    }
    if (now - due < 0) {
      return due;
    }
    if (lease.report()) {
      leaked.increment();
      Holder holder = lease.call.holder();
      tell(
          lease,
          () -> Log.LEAK.warn("a connection is held for {}: {}", Text.of(lease.heldFor()), holder));
    }
    return Ticket.NEVER;
  }

  void cameBack(Lease lease) {
    String after = Text.of(lease.heldFor());
    tell(lease, () -> Log.LEAK.info("{} came back after {}", lease.call, after));
  }

  private void tell(Lease lease, Runnable line) {
    callbacks.execute(() -> Contexts.run(lease.call.context(), line));
  }

  /** A pool, client or scope that nobody can close any more. */
  void forgotten(Holder what) {
    leaked.increment();
    callbacks.execute(() -> warn(what));
  }

  /** And that was closed for its owner. */
  void closedForgotten() {
    reclaimed.increment();
  }

  static void warn(Holder what) {
    Log.LEAK.warn(
        "nobody closed this, and nobody can reach it any more: {}. {}", what, remedy(what.kind()));
  }

  /** What to write instead. */
  private static String remedy(String kind) {
    return switch (kind) {
      case "response" ->
          "Write try (Response response = client.open(request)) { ... }, which closes it, or"
              + " client.send(request, handler), which leaves nothing to close";
      case "scope" -> "Write try (CallScope scope = client.openScope(name)) { ... }";
      case "pool" ->
          "Build one pool for the application and close it where that stops, or write try"
              + " (BoundedPool pool = BoundedPool.builder().build()) { ... }";
      default ->
          "Build one client for many calls and close it where the application stops, or write try"
              + " (BelayClient client = BelayClient.builder().build()) { ... }";
    };
  }

  /** Nobody had closed a response, and its deadline, a close or its loss gave it back. */
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
