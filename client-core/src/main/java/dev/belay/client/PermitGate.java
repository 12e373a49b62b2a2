package dev.belay.client;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of permits behind a bounded first-in, first-out queue.
 *
 * <p>resilience4j counts the permits; the queue is ours, because its own wait blocks the caller's
 * thread, which an asynchronous call does not have.
 */
final class PermitGate implements Gate {
  private final Phase phase;
  private final Bulkhead permits;
  private final int maxQueue;
  private final long maxWait;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. A set, so that a waiter who gives up leaves in constant time. */
  private final Set<Ticket> queue = new LinkedHashSet<>();

  PermitGate(Phase phase, int limit, int maxQueue, @Nullable Duration maxWait) {
    this.phase = phase;
    this.maxQueue = maxQueue;
    this.maxWait = maxWait == null ? Ticket.NEVER : maxWait.toNanos();
    permits =
        Bulkhead.of(
            phase.name(),
            BulkheadConfig.custom()
                .maxConcurrentCalls(limit)
                .maxWaitDuration(Duration.ZERO)
                .writableStackTraceEnabled(false)
                .build());
  }

  @Override
  public Phase phase() {
    return phase;
  }

  @Override
  public boolean passesOn() {
    return true;
  }

  @Override
  public Ticket enter(CallEntry call) throws LimitReachedException {
    long until = maxWait == Ticket.NEVER ? Ticket.NEVER : call.deadline.now() + maxWait;
    Ticket ticket = new Ticket(this, call, until);
    lock.lock();
    try {
      if (queue.isEmpty() && tryAcquire()) {
        ticket.grant();
        return ticket;
      }
      if (queue.size() < maxQueue) {
        queue.add(ticket);
        return ticket;
      }
    } finally {
      lock.unlock();
    }
    String what = "the " + phase + " queue of " + maxQueue + " is full";
    throw call.limitReached(this, LimitReachedException.Limit.QUEUE, what);
  }

  /**
   * resilience4j refuses a thread that is interrupted. Here that would leave permits free and calls
   * queued, with nobody to wake them: the thread may be the one that passes a permit on.
   */
  private boolean tryAcquire() {
    boolean interrupted = false;
    boolean acquired;
    do {
      interrupted |= Thread.interrupted();
      acquired = permits.tryAcquirePermission();
    } while (!acquired && Thread.currentThread().isInterrupted());
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return acquired;
  }

  @Override
  public void takeBack(Ticket ticket, boolean clean) {
    Ticket next;
    lock.lock();
    try {
      permits.releasePermission();
      next = grantNext();
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.call.wake();
    }
  }

  private @Nullable Ticket grantNext() {
    while (!queue.isEmpty() && tryAcquire()) {
      Ticket first = queue.iterator().next();
      queue.remove(first);
      if (first.grant()) {
        return first;
      }
      permits.releasePermission();
    }
    return null;
  }

  @Override
  public void forget(Ticket ticket) {
    lock.lock();
    try {
      queue.remove(ticket);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void expire(Ticket ticket) {
    String what = "no permit of " + limit() + " became free in " + Text.of(maxWait());
    if (ticket.refuse(
        call -> call.limitReached(this, LimitReachedException.Limit.BULKHEAD, what))) {
      forget(ticket);
      ticket.call.wake();
    }
  }

  private Duration maxWait() {
    return Duration.ofNanos(maxWait);
  }

  int limit() {
    return permits.getBulkheadConfig().getMaxConcurrentCalls();
  }

  int free() {
    return permits.getMetrics().getAvailableConcurrentCalls();
  }
}
