package dev.belay.client;

import org.jspecify.annotations.Nullable;

/** One call's hold on one connection, from its place in the queue until the body is closed. */
final class Lease extends Ticket {
  final Route route;

  /** The place in the queue; guarded by the table's lock. */
  long place;

  /** How many later callers were served before this one; guarded by the table's lock. */
  int overtaken;

  /** How long the connection had been idle; written under the table's lock before the grant. */
  long idleNanos;

  /** Whether others have used the connection before; written like {@link #idleNanos}. */
  private boolean reused;

  /** Written under the table's lock before the grant, which makes it visible to the call. */
  private @Nullable Carrier carrier;

  Lease(Gate gate, CallEntry call, long until) {
    super(gate, call, until);
    route = call.route;
  }

  void bind(@Nullable Carrier connection) {
    carrier = connection;
  }

  void reuse(Carrier connection, long idle) {
    carrier = connection;
    reused = true;
    idleNanos = idle;
  }

  boolean isReused() {
    return reused;
  }

  /** Whether a connection is being opened for a call that still waits. */
  boolean isBound() {
    return carrier != null;
  }

  Carrier carrier() {
    Carrier bound = carrier;
    if (bound == null) {
      throw new IllegalStateException("not granted");
    }
    return bound;
  }
}
