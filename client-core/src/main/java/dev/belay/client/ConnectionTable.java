package dev.belay.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The places under the cap: who holds them, who waits for them.
 *
 * <p>A connection has a place from before its socket exists until after the socket is closed. So
 * the number of places is never below the number of open sockets, and the cap on the one is the cap
 * on the other.
 */
final class ConnectionTable implements Gate {
  /**
   * From this idle time on a request that must not be sent twice first looks for an early close.
   */
  static final long QUIET_NANOS = Duration.ofMillis(100).toNanos();

  /** The same for any other request: a look costs a millisecond, a close an attempt. */
  static final long LONG_QUIET_NANOS = Duration.ofSeconds(1).toNanos();

  private final PoolSettings settings;
  private final NanoClock clock;
  private final DoubleSupplier random;
  private final Crew crew;
  private final LongConsumer watch;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock, all of them.
  private final Places places;
  private final IdleCarriers idle = new IdleCarriers();
  private final WaitingLeases waiting;
  private final ConnectionCounts counts = new ConnectionCounts();
  private boolean closed;

  /**
   * @param watch told when to look for idle connections, at the latest
   */
  ConnectionTable(
      PoolSettings settings,
      NanoClock clock,
      DoubleSupplier random,
      Crew crew,
      LongConsumer watch) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.crew = crew;
    this.watch = watch;
    places = new Places(settings.maxConnections(), settings.maxConnectionsPerOrigin());
    waiting = new WaitingLeases(settings.maxConnections());
  }

  @Override
  public Phase phase() {
    return Phase.POOL;
  }

  @Override
  public boolean passesOn() {
    return true;
  }

  @Override
  public Ticket enter(CallEntry call) throws LimitReachedException {
    Lease lease = new Lease(this, call, clock.nanos() + settings.maxWait().toNanos());
    Afterwards after = new Afterwards(this::release);
    boolean full;
    lock.lock();
    try {
      full = !admit(lease, after);
    } finally {
      lock.unlock();
    }
    after.run();
    if (full) {
      String what = "the queue for connections has " + settings.maxQueue() + " waiters";
      throw call.limitReached(LimitReachedException.Limit.QUEUE, what);
    }
    return lease;
  }

  private boolean admit(Lease lease, Afterwards after) {
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
    return !isOneTooMany(lease);
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
  private void serve(@Nullable Lease asking, Afterwards after) {
    Lease due = waiting.due(this::canBeServed);
    while (due != null && serveOne(due, asking, after)) {
      due = waiting.due(this::canBeServed);
    }
  }

  private boolean serveOne(Lease due, @Nullable Lease asking, Afterwards after) {
    Carrier free = closed ? null : idle.takeNewest(due.route);
    if (free != null) {
      counts.reused++;
      lend(free, due, asking, after);
      return true;
    }
    boolean room = !closed && makeRoom(due.route.origin(), after);
    if (room) {
      open(due, after);
    }
    return room;
  }

  /** Whether its origin leaves it a place, if the pool does. */
  private boolean canBeServed(Lease lease) {
    Origin origin = lease.route.origin();
    return !places.isFullFor(origin) || idle.oldestOf(origin) != null;
  }

  private boolean makeRoom(Origin origin, Afterwards after) {
    return places.isFullFor(origin)
        ? passOn(idle.oldestOf(origin), after)
        : !places.isFull() || passOn(idle.oldest(), after);
  }

  /**
   * Frees the place of an idle one for one who opens in the same breath, after closing this one.
   */
  private boolean passOn(@Nullable Carrier oldest, Afterwards after) {
    if (oldest == null) {
      return false;
    }
    counts.evicted++;
    idle.remove(oldest);
    places.free(oldest);
    after.kill(oldest);
    return true;
  }

  /** Takes it out of use; its place is free when its socket is closed, and no earlier. */
  private void discard(Carrier carrier, Afterwards after) {
    idle.remove(carrier);
    after.release(carrier);
  }

  private void open(Lease lease, Afterwards after) {
    waiting.served(lease);
    Carrier carrier = new Carrier(lease, retireAt(), crew, this);
    places.take(carrier);
    lease.bind(carrier);
    lease.call.phase = Phase.DNS;
    counts.opened++;
    after.start(carrier);
  }

  /** The maximum age plus or minus 2.5 %, so that connections made together do not end together. */
  private long retireAt() {
    double spread = 0.975 + 0.05 * random.getAsDouble();
    return clock.nanos() + (long) (settings.maxAge().toNanos() * spread);
  }

  private void lend(Carrier carrier, Lease lease, @Nullable Lease asking, Afterwards after) {
    waiting.served(lease);
    lease.reuse(carrier, clock.nanos());
    if (!lease.grant()) {
      lease.bind(null);
      idle.add(carrier);
    } else if (lease != asking) {
      after.wake(lease);
    }
  }

  /** The host of a new connection is ready: the call that it was opened for may use it. */
  void ready(Carrier carrier, Lease opener) {
    boolean granted;
    lock.lock();
    try {
      opener.holdSince(clock.nanos());
      granted = places.has(carrier) && opener.grant();
    } finally {
      lock.unlock();
    }
    if (granted) {
      opener.call.waker().wake(carrier);
    }
  }

  /** No connection could be prepared; who gave up waiting for it comes to {@link #forget}. */
  void cannotOpen(Carrier carrier, Lease opener, Throwable why) {
    if (opener.refuse(call -> Failures.ofLookUp(call, why))) {
      release(carrier);
      opener.call.wake();
    }
  }

  @Override
  public void forget(Ticket ticket) {
    Lease lease = (Lease) ticket;
    Carrier opening = null;
    lock.lock();
    try {
      waiting.remove(lease);
      if (lease.isBound()) {
        opening = lease.carrier();
      }
    } finally {
      lock.unlock();
    }
    if (opening != null) {
      release(opening);
    }
  }

  @Override
  public void takeBack(Ticket ticket, boolean clean) {
    Carrier carrier = ((Lease) ticket).carrier();
    if (!clean || carrier.isDead()) {
      release(carrier);
      return;
    }
    carrier.forgetExchange();
    Afterwards after = new Afterwards(this::release);
    lock.lock();
    try {
      settle(carrier, after);
      serve(null, after);
    } finally {
      lock.unlock();
    }
    after.run();
    watch.accept(idleUntil(carrier, clock.nanos()));
  }

  private long idleUntil(Carrier carrier, long since) {
    long ours = since + settings.idleTime().toNanos();
    long servers = carrier.keepAlive.until();
    return servers - ours < 0 ? servers : ours;
  }

  /** Closes the socket first: its place may be taken as soon as it is free. */
  private void release(Carrier carrier) {
    carrier.kill();
    Afterwards after = new Afterwards(this::release);
    lock.lock();
    try {
      places.free(carrier);
      serve(null, after);
    } finally {
      lock.unlock();
    }
    after.run();
  }

  /**
   * To the next waiter of the same route, who may overtake others so often and no oftener; else
   * idle, where it can be reused, evicted for the waiter who is first, or grow old.
   */
  private void settle(Carrier carrier, Afterwards after) {
    carrier.idleSince = clock.nanos();
    if (closed || carrier.idleSince - carrier.retireAt >= 0) {
      discard(carrier, after);
      return;
    }
    idle.add(carrier);
    Lease due = waiting.due(this::canBeServed);
    Lease next = due == null ? null : waiting.nextOf(carrier.route, due);
    if (next != null) {
      counts.handedOver++;
      idle.remove(carrier);
      lend(carrier, next, null, after);
    } else if (waiting.isEmpty() && idle.size() > settings.maxIdle()) {
      counts.evicted++;
      discard(Objects.requireNonNull(idle.oldest()), after);
    }
  }

  @Override
  public void expire(Ticket ticket) {
    Lease lease = (Lease) ticket;
    lock.lock();
    try {
      if (lease.isBound()) {
        return; // it has its place; only the deadline ends a look-up
      }
    } finally {
      lock.unlock();
    }
    String what = "no connection became free in " + Text.of(settings.maxWait());
    if (lease.refuse(call -> call.limitReached(LimitReachedException.Limit.POOL, what))) {
      forget(lease);
      lease.call.wake();
    }
  }

  /** Closes what has been idle for too long; returns when the next one will have been. */
  long expireIdle(long now) {
    Afterwards after = new Afterwards(this::release);
    long next = Ticket.NEVER;
    lock.lock();
    try {
      for (Carrier carrier : idle.all()) {
        long until = idleUntil(carrier, carrier.idleSince);
        if (now - until >= 0) {
          discard(carrier, after);
        } else if (next == Ticket.NEVER || until - next < 0) {
          next = until;
        }
      }
    } finally {
      lock.unlock();
    }
    after.run();
    return next;
  }

  /** Closes every connection and opens none from now on. */
  void close() {
    List<Carrier> all;
    lock.lock();
    try {
      closed = true;
      all = places.freeAll();
      all.forEach(idle::remove);
    } finally {
      lock.unlock();
    }
    all.forEach(Carrier::kill);
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return places.size() == 0;
    } finally {
      lock.unlock();
    }
  }

  /** The numbers of one instant. */
  PoolSnapshot snapshot(List<Holder> holders, @Nullable Holder oldestLease, Leaks leaks) {
    lock.lock();
    try {
      int connecting = places.connecting();
      return new PoolSnapshot(
          settings.name(),
          settings.maxConnections(),
          places.size(),
          idle.size(),
          connecting,
          places.size() - idle.size() - connecting,
          waiting.size(),
          oldestLease,
          counts.totals(leaks),
          holders);
    } finally {
      lock.unlock();
    }
  }
}
