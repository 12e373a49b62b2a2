package dev.belay.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One call's hold on one connection, from its place in the queue until the body is closed. */
final class Lease extends Ticket {
  final Route route;

  /** Whose turn it is when; all clients of a pool take turns. */
  final Node client;

  /** The place in the queue, -1 for one that did not wait; guarded by the table's lock. */
  long turn = -1;

  /** How often another client was served while it was our turn; guarded by the table's lock. */
  int passedOver;

  /** Since when the call has the connection; written under the table's lock before the grant. */
  private long heldSince;

  /** Written under the table's lock, before the grant; read by reports too. */
  private volatile @Nullable Carrier carrier;

  /** What others were told of it; each step is taken by whoever moves it. */
  private final AtomicReference<Told> told = new AtomicReference<>(Told.NOTHING);

  private enum Told {
    NOTHING,
    OPENED,
    LEAKED,
    CLOSED
  }

  /** Whether others have used the connection before; written like {@link #heldSince}. */
  private boolean reused;

  Lease(Gate gate, CallEntry call, long until) {
    super(gate, call, until);
    route = call.route;
    client = call.node.client();
  }

  void bind(@Nullable Carrier connection) {
    carrier = connection;
  }

  void reuse(Carrier connection, long now) {
    carrier = connection;
    reused = true;
    heldSince = now;
  }

  void holdSince(long now) {
    heldSince = now;
  }

  boolean isReused() {
    return reused;
  }

  /** Whether a connection is being opened for a call that still waits. */
  boolean isBound() {
    return carrier != null;
  }

  @Override
  boolean holdsPlace() {
    return isGranted() || (isBound() && isWaiting());
  }

  Carrier carrier() {
    Carrier bound = carrier;
    if (bound == null) {
      throw new IllegalStateException("not granted");
    }
    return bound;
  }

  long heldSince() {
    return heldSince;
  }

  Duration heldFor() {
    return Duration.ofNanos(call.deadline.now() - heldSince);
  }

  /** The call begins to use the connection. */
  void begin() {
    if (told.compareAndSet(Told.NOTHING, Told.OPENED)) {
      call.pool.lifecycle.opened(this::holder);
    }
  }

  boolean isReported() {
    return told.get() == Told.LEAKED;
  }

  /** True for the one who has to say that it is held for too long. */
  boolean report() {
    return told.compareAndSet(Told.OPENED, Told.LEAKED);
  }

  @Override
  void goesBack() {
    Told last = told.getAndSet(Told.CLOSED);
    if (last == Told.LEAKED) {
      call.pool.leaks.cameBack(this);
    }
    if (last == Told.OPENED || last == Told.LEAKED) {
      call.pool.lifecycle.closed(this::holder);
    }
  }

  Holder holder() {
    return call.holder("lease", heldFor());
  }
}
