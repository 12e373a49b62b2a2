package dev.belay.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a pool that looks at the clock: deadlines, waits, back-offs, idle connections,
 * and what is held for too long. It also looks for what was forgotten.
 *
 * <p>It starts with the first call and ends a second after nothing is open. It sleeps until the
 * earliest moment at which something can be due, so a call that is due earlier wakes it.
 */
final class Housekeeper {
  /** It looks around that often: the garbage collector tells nobody what it found. */
  private static final long LONGEST_SLEEP = Duration.ofSeconds(1).toNanos();

  /** Sweeps follow each other no closer than this, however many calls are about to expire. */
  private static final long SHORTEST_SLEEP = Duration.ofMillis(1).toNanos();

  /** When to try again what failed for want of memory or threads. */
  private static final long SOON = Duration.ofMillis(100).toNanos();

  /** How long it stays for a next call before it ends. */
  private static final long LINGER = Duration.ofSeconds(1).toNanos();

  private final String name;
  private final NanoClock clock;
  private final Ledger ledger;
  private final ConnectionTable connections;
  private final Crew crew;
  private final ReentrantLock lock = new ReentrantLock();

  /** One sweep at a time; taken before every other lock. */
  private final ReentrantLock sweeps = new ReentrantLock();

  /** Written under the lock by the starter and by the thread when it ends; read by any caller. */
  private volatile @Nullable Thread thread;

  /** When the next sweep begins; written by the thread, read by callers after publishing theirs. */
  private volatile long wakeAt;

  /**
   * Set by whoever wants a sweep, or the end, earlier than planned; cleared before a sweep. The
   * permit of an unpark would not do: the locks of a sweep park too, and would take it.
   */
  private volatile boolean nudged;

  /** Written under the lock, once. */
  private volatile boolean stopped;

  Housekeeper(String name, NanoClock clock, Ledger ledger, ConnectionTable connections, Crew crew) {
    this.name = name;
    this.clock = clock;
    this.ledger = ledger;
    this.connections = connections;
    this.crew = crew;
  }

  /** Sees to it that the next sweep begins no later than this. */
  void watch(long at) {
    Thread running = thread;
    if (running == null) {
      startIfNeeded();
    } else if (at - wakeAt < 0) {
      nudged = true;
      LockSupport.unpark(running);
    }
  }

  /**
   * The clock has leapt. The thread plans its next sweep anew, or what is published from now on
   * would wait for the one that it planned before. What is due already ends here, and not later
   * there, so that whoever moved the clock finds it done.
   */
  void lookNow() {
    nudged = true;
    LockSupport.unpark(thread);
    long unused = sweepAlone();
  }

  /**
   * Another sweep may have taken what is due and not be done with it. Held while sockets are closed
   * and calls are cut, which is code of ours and takes nobody's time.
   */
  private long sweepAlone() {
    sweeps.lock();
    try {
      return sweep(clock.nanos());
    } finally {
      sweeps.unlock();
    }
  }

  private void startIfNeeded() {
    lock.lock();
    try {
      if (thread == null && !stopped) {
        wakeAt = clock.nanos();
        Thread started = Threads.daemon(this::keep, "belay-housekeeper " + name);
        started.start(); // it waits for the lock before it does anything
        thread = started;
      }
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    boolean empty = false;
    while (true) {
      nudged = false;
      if (isOver(empty)) {
        return;
      }
      // A call that is published during the sweep finds that the next one is far, and wakes us.
      wakeAt = clock.nanos() + LONGEST_SLEEP;
      Forgotten.look(crew.callbacks());
      long next = sweepAlone();
      empty = nothingIsOpen();
      long until = empty ? clock.nanos() + LINGER : next;
      wakeAt = until;
      long sleep = nudged ? 0 : until - clock.nanos();
      LockSupport.parkNanos(this, Math.max(SHORTEST_SLEEP, sleep));
    }
  }

  private boolean nothingIsOpen() {
    return ledger.isEmpty() && connections.isEmpty() && !isBehind();
  }

  /** One look at everything; returns when the next one is due. */
  long sweep(long now) {
    long next = now + LONGEST_SLEEP;
    for (CallEntry call : ledger.calls()) {
      next = Expiry.earlier(expire(call, now), next);
    }
    next = Expiry.earlier(connections.expireIdle(now), next);
    crew.workers().catchUp();
    crew.exchanges().catchUp();
    crew.callbacks().catchUp();
    return isBehind() ? Expiry.earlier(now + SOON, next) : next;
  }

  private boolean isBehind() {
    return crew.workers().isBehind() || crew.exchanges().isBehind() || crew.callbacks().isBehind();
  }

  /** One call that cannot be ended must not keep the others from ending. */
  private static long expire(CallEntry call, long now) {
    try {
      return Expiry.look(call, now);
    } catch (RuntimeException | Error e) {
      Log.CALL.warn("{} could not be ended and will be tried again", call, e);
      return now + SOON;
    }
  }

  /**
   * A caller enters his call in the ledger before he looks for this thread; this thread signs off
   * before it looks at the ledger for the last time. So no call is left without one of the two.
   */
  private boolean isOver(boolean wasEmpty) {
    lock.lock();
    try {
      Thread self = thread;
      thread = null;
      if (stopped || (wasEmpty && nothingIsOpen())) {
        return true;
      }
      thread = self;
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread; a later call finds its pool closed and starts no other. */
  @Nullable Thread stop() {
    Thread running;
    lock.lock();
    try {
      stopped = true;
      nudged = true;
      running = thread;
    } finally {
      lock.unlock();
    }
    LockSupport.unpark(running);
    return running;
  }
}
