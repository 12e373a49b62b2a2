package dev.belay.client;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The places under the cap: who holds them, who waits for them. Here is the lock, and what must not
 * happen under it; the rules are those of {@link Placement}.
 *
 * <p>A connection has a place from before its socket exists until after the socket is closed. So
 * the number of places is never below the number of open sockets, and the cap on the one is the cap
 * on the other.
 */
final class ConnectionTable implements Gate {
  private final PoolSettings settings;
  private final NanoClock clock;
  private final DoubleSupplier random;
  private final LongConsumer watch;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private final Placement placement;

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
    this.watch = watch;
    placement = new Placement(settings, clock, lease -> new Carrier(lease, retireAt(), crew, this));
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
    long eviction;
    lock.lock();
    try {
      full = !placement.admit(lease, after);
      eviction = placement.nextEviction(clock.nanos());
    } finally {
      lock.unlock();
    }
    after.run();
    watch(eviction);
    if (full) {
      String what = lease.client + " has " + settings.maxQueue() + " calls waiting for connections";
      throw call.limitReached(this, LimitReachedException.Limit.QUEUE, what);
    }
    return lease;
  }

  private void watch(long at) {
    if (at != Ticket.NEVER) {
      watch.accept(at);
    }
  }

  /** The maximum age plus or minus 2.5 %, so that connections made together do not end together. */
  private long retireAt() {
    double spread = 0.975 + 0.05 * random.getAsDouble();
    return clock.nanos() + (long) (settings.maxAge().toNanos() * spread);
  }

  /** The host of a new connection is ready: the call that it was opened for may use it. */
  void ready(Carrier carrier, Lease opener) {
    boolean granted;
    lock.lock();
    try {
      granted = placement.ready(carrier, opener);
    } finally {
      lock.unlock();
    }
    if (granted) {
      opener.call.waker().wake(opener.thread());
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
    Carrier opening;
    lock.lock();
    try {
      opening = placement.forget(lease);
    } finally {
      lock.unlock();
    }
    if (opening != null) {
      release(opening);
    }
  }

  @Override
  public void takeBack(Ticket ticket, boolean clean) {
    Lease lease = (Lease) ticket;
    Carrier carrier = lease.carrier();
    lease.passage().expectsNothing();
    if (clean) {
      lease.passage().forgetExchange(); // before the next one has its own there
    }
    Afterwards after = new Afterwards(this::release);
    long eviction;
    lock.lock();
    try {
      placement.takeBack(lease, clean && !carrier.isDead(), after);
      eviction = placement.nextEviction(clock.nanos());
    } finally {
      lock.unlock();
    }
    if (!clean && carrier.isMultiplexed()) {
      abandon(lease);
    }
    after.run();
    if (clean) {
      watch(Expiry.earlier(eviction, placement.idleUntil(carrier, clock.nanos())));
    }
  }

  /** Its connection goes on. To close a body may block, and this may be the housekeeper. */
  private static void abandon(Lease lease) {
    Passage passage = lease.passage();
    passage.cancel();
    if (passage.exchange() != null) {
      lease.call.pool.callbacks.execute(passage::leaveBodyBehind);
    }
  }

  /** It is known now whether the connection can be shared. */
  void connected(Carrier carrier) {
    Afterwards after = new Afterwards(this::release);
    lock.lock();
    try {
      placement.connected(carrier, after);
    } finally {
      lock.unlock();
    }
    after.run();
  }

  /** Closes the socket first: its place may be taken as soon as it is free. */
  private void release(Carrier carrier) {
    carrier.kill();
    Afterwards after = new Afterwards(this::release);
    lock.lock();
    try {
      placement.free(carrier, after);
    } finally {
      lock.unlock();
    }
    after.run();
  }

  @Override
  public void expire(Ticket ticket) {
    Lease lease = (Lease) ticket;
    Carrier opening;
    lock.lock();
    try {
      opening = lease.isBound() ? lease.carrier() : null;
    } finally {
      lock.unlock();
    }
    if (opening != null && !opening.waitsForLookUps()) {
      return; // it has its place; only the deadline ends a look-up
    }
    if (lease.refuse(opening == null ? this::noneBecameFree : this::noLookUpBegan)) {
      forget(lease);
      lease.call.wake();
    }
  }

  private LimitReachedException noneBecameFree(CallEntry call) {
    String what = "no connection became free in " + Text.of(settings.maxWait());
    return call.limitReached(this, LimitReachedException.Limit.POOL, what);
  }

  private LimitReachedException noLookUpBegan(CallEntry call) {
    String hang = LookUp.hanging(call.pool.crew.resolver().running());
    String what = "no look-up could begin in " + Text.of(settings.maxWait()) + hang;
    return call.limitReached(LimitReachedException.Limit.POOL, what, List.of());
  }

  /** Closes what has been idle for too long; returns when the next one will have been. */
  long expireIdle(long now) {
    Afterwards after = new Afterwards(this::release);
    long next;
    lock.lock();
    try {
      next = placement.expireIdle(now, after);
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
      all = placement.close();
    } finally {
      lock.unlock();
    }
    all.forEach(Carrier::kill);
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return placement.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The numbers of one instant. */
  PoolSnapshot snapshot(List<Holder> holders, @Nullable Holder oldestLease, Leaks leaks) {
    lock.lock();
    try {
      return placement.snapshot(holders, oldestLease, leaks);
    } finally {
      lock.unlock();
    }
  }
}
