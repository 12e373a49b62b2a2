package dev.belay.client;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
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

  /** Written like {@link #carrier}, before it. */
  private @Nullable Passage passage;

  /** Written by the driver before it gives back: OkHttp wanted another connection for it. */
  private volatile boolean refused;

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

  /** A connection is opened for it. */
  void bind(Carrier connection) {
    passage = connection.streams.begin();
    carrier = connection;
  }

  void reuse(Carrier connection, long now) {
    bind(connection);
    reused = true;
    heldSince = now;
  }

  /** The call had given up when it was given this connection. */
  void unbind() {
    carrier().streams.end(passage(), true);
    carrier = null;
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
    return super.holdsPlace() || (isBound() && isWaiting());
  }

  /** Zero until it has a connection. */
  int localPort() {
    Carrier bound = carrier;
    return bound == null ? 0 : bound.ports().local();
  }

  Carrier carrier() {
    Carrier bound = carrier;
    if (bound == null) {
      throw new IllegalStateException("not granted");
    }
    return bound;
  }

  Passage passage() {
    return Objects.requireNonNull(passage, "not granted");
  }

  /** Where an asynchronous exchange runs: the thread of the connection can run only one. */
  Executor thread() {
    Carrier bound = carrier();
    return passage == bound.parked ? bound.host() : call.pool.crew.exchanges();
  }

  /** OkHttp found that the connection could not carry it. */
  void wasRefused() {
    refused = true;
  }

  boolean isRefused() {
    return refused;
  }

  /**
   * Whether an exchange that was not read to its end says something about its connection. One that
   * was cancelled, closed early, or reset by the server does not; one that got no answer in time
   * does, like everything that nobody thought of.
   */
  boolean spoils() {
    Cut cut = call.cut();
    if (cut != null) {
      return !(cut instanceof Cut.Cancelled || cut instanceof Cut.Closed);
    }
    Exchange last = passage().exchange();
    return !refused && (last == null || !last.endedAlone());
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
