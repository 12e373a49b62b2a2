package dev.belay.client;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which connections get places and calls get connections. Guarded by the lock of its
 * table, all of it; what must happen outside of the lock is noted in {@link Afterwards}.
 */
final class Placement {
  private final PoolSettings settings;
  private final NanoClock clock;
  private final Function<Lease, Carrier> maker;
  private final Places places;
  private final Available available;
  private final FirstConnections first = new FirstConnections();
  private final WaitingLeases waiting;
  private final ConnectionCounts counts = new ConnectionCounts();
  private boolean closed;

  /**
   * @param maker makes the connection of a call that has got a place, and does not start it
   */
  Placement(PoolSettings settings, NanoClock clock, Function<Lease, Carrier> maker) {
    this.settings = settings;
    this.clock = clock;
    this.maker = maker;
    places = new Places(settings.maxConnections(), settings.maxConnectionsPerOrigin());
    available = new Available(settings, clock, places);
    waiting = new WaitingLeases(settings.maxConnections());
  }

  /** Gives the call a connection or a place in the queue; false when the queue is full. */
  boolean admit(Lease lease, Afterwards after) {
    boolean again = lease.call.attempts.hadStaleConnection();
    if (again) {
      counts.stale++;
    }
    if (waiting.isEmpty() && serveOne(lease, lease, after)) {
      return true;
    }
    if (again) {
      waiting.addFirst(lease);
    } else {
      waiting.addLast(lease);
    }
    serve(lease, after);
    return again || !isOneTooMany(lease); // it had its place before
  }

  /** Looked at last: an origin at its limit must not keep calls to others out. */
  private boolean isOneTooMany(Lease lease) {
    boolean tooMany =
        lease.isWaiting() && !lease.isBound() && waiting.sizeOf(lease.client) > settings.maxQueue();
    if (tooMany) {
      waiting.remove(lease);
    }
    return tooMany;
  }

  /** Gives what is free to those whose turn it is. The one who asks needs no waking. */
  void serve(@Nullable Lease asking, Afterwards after) {
    Lease due = waiting.due(this::canBeServed);
    while (due != null && serveOne(due, asking, after)) {
      due = waiting.due(this::canBeServed);
    }
    if (due != null) {
      shareOut(due, asking, after);
    }
  }

  /** What the one who is due cannot use goes to others, within the bounds of overtaking. */
  private void shareOut(Lease due, @Nullable Lease asking, Afterwards after) {
    available.all().forEach(carrier -> shareOut(carrier, due, asking, after));
  }

  private void shareOut(Carrier carrier, Lease due, @Nullable Lease asking, Afterwards after) {
    Lease next = nextFor(carrier, due);
    while (next != null) {
      counts.reused++;
      lend(carrier, next, asking, after);
      next = nextFor(carrier, due);
    }
  }

  /** Asked only for what can be lent: an answer counts as overtaking. */
  private @Nullable Lease nextFor(Carrier carrier, @Nullable Lease due) {
    return due == null || !carrier.streams.hasRoom() ? null : waiting.nextOf(carrier.route, due);
  }

  private boolean serveOne(Lease due, @Nullable Lease asking, Afterwards after) {
    Carrier usable = closed ? null : available.usable(due.route);
    if (usable != null) {
      counts.reused++;
      lend(usable, due, asking, after);
      return true;
    }
    boolean room = !closed && mayOpen(due) && makeRoom(due, after);
    if (room) {
      open(due, after);
    }
    return room;
  }

  /** Whether it can be given a connection, or its origin leaves it a place, if the pool does. */
  private boolean canBeServed(Lease lease) {
    Origin origin = lease.route.origin();
    return (mayOpen(lease) && (!places.isFullFor(origin) || available.oldestOf(origin) != null))
        || (lease.route.mayMultiplex() && available.usable(lease.route) != null);
  }

  /** The first connection may be that of the call in whose code it was made, which waits for it. */
  private boolean mayOpen(Lease lease) {
    return lease.call.outer != null || first.mayOpen(lease.route);
  }

  private boolean makeRoom(Lease due, Afterwards after) {
    Origin origin = due.route.origin();
    return places.isFullFor(origin)
        ? passOn(available.oldestOf(origin), after)
        : !places.isFull() || passOn(available.evictable(due), after);
  }

  /** When one that is kept may be closed for somebody who waits. */
  long nextEviction(long now) {
    return waiting.isEmpty() ? Ticket.NEVER : available.nextEviction(now);
  }

  /**
   * Frees the place of an idle one for one who opens in the same breath, after closing this one.
   */
  private boolean passOn(@Nullable Carrier oldest, Afterwards after) {
    if (oldest == null) {
      return false;
    }
    counts.evicted++;
    available.remove(oldest);
    places.free(oldest);
    oldest.streams.retire();
    after.kill(oldest);
    return true;
  }

  /** Takes it out of use; its place is free when its socket is closed, and no earlier. */
  private void discard(Carrier carrier, Afterwards after) {
    carrier.streams.retire();
    available.sort(carrier);
    after.release(carrier);
  }

  private void open(Lease lease, Afterwards after) {
    waiting.served(lease);
    Carrier carrier = maker.apply(lease);
    places.take(carrier);
    first.opens(carrier);
    lease.bind(carrier);
    lease.call.phase = Phase.DNS;
    counts.opened++;
    after.start(carrier);
  }

  private void lend(Carrier carrier, Lease lease, @Nullable Lease asking, Afterwards after) {
    waiting.served(lease);
    lease.reuse(carrier, clock.nanos());
    if (!lease.grant()) {
      lease.unbind();
    } else if (lease != asking) {
      after.wake(lease);
    }
    available.sort(carrier);
  }

  /** A new connection is ready; false when the call that it was opened for has given up. */
  boolean ready(Carrier carrier, Lease opener) {
    opener.holdSince(clock.nanos());
    return places.has(carrier) && opener.grant();
  }

  /** The call gave up; returns the connection that was being opened for it, if any. */
  @Nullable Carrier forget(Lease lease) {
    waiting.remove(lease);
    return lease.isBound() ? lease.carrier() : null;
  }

  /** It turned out what the connection speaks. */
  void connected(Carrier carrier, Afterwards after) {
    first.connected(carrier);
    if (carrier.isMultiplexed() && !carrier.streams.isRetired()) {
      carrier.streams.multiplex();
      available.sort(carrier);
    }
    serve(null, after);
  }

  /**
   * An exchange is over. HTTP/1.1 can carry another one after a clean end only; on HTTP/2 the
   * others go on, and new ones begin if it was the exchange alone that went wrong.
   *
   * @param clean whether it was read to its end, and the connection is open
   */
  void takeBack(Lease lease, boolean clean, Afterwards after) {
    Carrier carrier = lease.carrier();
    carrier.streams.end(lease.passage(), clean);
    if (lease.isRefused()) {
      carrier.streams.refusedAnother();
    }
    boolean spoiled = !clean && (!carrier.streams.isMultiplexed() || lease.spoils());
    if (closed || spoiled || carrier.isDead() || isOld(carrier)) {
      carrier.streams.retire();
    }
    settle(carrier, after);
    serve(null, after);
  }

  private boolean isOld(Carrier carrier) {
    return clock.nanos() - carrier.retireAt >= 0;
  }

  /**
   * To the next waiter of the same route, who may overtake others so often and no oftener; else
   * idle, where it can be reused, evicted for the waiter who is first, or grow old.
   */
  private void settle(Carrier carrier, Afterwards after) {
    if (carrier.streams.isRetired() && (carrier.streams.isUnused() || carrier.isDead())) {
      discard(carrier, after);
      return;
    }
    if (carrier.streams.isUnused()) {
      carrier.idleSince = clock.nanos();
    }
    available.sort(carrier);
    Lease due = waiting.due(this::canBeServed);
    Lease next = nextFor(carrier, due);
    if (next != null) {
      counts.handedOver++;
      lend(carrier, next, null, after);
    } else if (waiting.isEmpty()) {
      discardSurplus(after);
    }
  }

  private void discardSurplus(Afterwards after) {
    Carrier surplus = available.surplus();
    if (surplus != null) {
      counts.evicted++;
      discard(surplus, after);
    }
  }

  /** Its socket is closed. */
  void free(Carrier carrier, Afterwards after) {
    places.free(carrier);
    first.closed(carrier);
    available.sort(carrier);
    serve(null, after);
  }

  /** Takes out what has been idle for too long; returns when the next one will have been. */
  long expireIdle(long now, Afterwards after) {
    long next = Ticket.NEVER;
    for (Carrier carrier : available.idle()) {
      long until = idleUntil(carrier, carrier.idleSince);
      if (now - until >= 0) {
        discard(carrier, after);
      } else if (next == Ticket.NEVER || until - next < 0) {
        next = until;
      }
    }
    serve(null, after);
    long eviction = nextEviction(now);
    return next == Ticket.NEVER ? eviction : Expiry.earlier(eviction, next);
  }

  /** May be asked without the lock. */
  long idleUntil(Carrier carrier, long since) {
    return available.idleUntil(carrier, since);
  }

  /** Takes every connection, and gives out none from now on. */
  List<Carrier> close() {
    closed = true;
    List<Carrier> all = places.freeAll();
    all.forEach(available::sort);
    return all;
  }

  boolean isEmpty() {
    return places.size() == 0;
  }

  PoolSnapshot snapshot(List<Holder> holders, @Nullable Holder oldestLease, Leaks leaks) {
    int connecting = places.connecting();
    return new PoolSnapshot(
        settings.name(),
        settings.maxConnections(),
        places.size(),
        available.idleCount(),
        connecting,
        places.size() - available.idleCount() - connecting,
        waiting.size(),
        places.ports(),
        oldestLease,
        counts.totals(leaks),
        holders);
  }
}
