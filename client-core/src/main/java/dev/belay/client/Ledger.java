package dev.belay.client;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every open call of a pool, held strongly until it ends.
 *
 * <p>That keeps OkHttp's own leak handling from ever acting (it would hand a connection with unread
 * bytes to the next call, okhttp issue 9240), makes reports exact, and lets a close reach calls
 * that OkHttp's dispatcher cannot see. What the user holds is not in here, so that its loss can be
 * noticed.
 */
final class Ledger {
  /** How many holders a message lists at most. */
  private static final int MOST_NAMED = 50;

  private final Set<CallEntry> calls = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  /** Counted up before who waits looks at the calls, read after a removal: one sees the other. */
  private final AtomicInteger watchers = new AtomicInteger();

  void add(CallEntry call) {
    calls.add(call);
  }

  /** True for the one caller who removed it. */
  boolean remove(CallEntry call) {
    boolean removed = calls.remove(call);
    if (removed && watchers.get() > 0) {
      lock.lock();
      try {
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
    return removed;
  }

  Iterable<CallEntry> calls() {
    return calls;
  }

  List<CallEntry> within(Node node) {
    return calls.stream().filter(c -> c.node.isWithin(node)).toList();
  }

  boolean contains(CallEntry call) {
    return calls.contains(call);
  }

  boolean anyMatch(Predicate<CallEntry> filter) {
    return calls.stream().anyMatch(filter);
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  /** The oldest calls that hold what others wait for at this gate. */
  List<Holder> holders(Gate gate) {
    return calls.stream()
        .filter(c -> c.places().stream().anyMatch(place -> place.gate == gate))
        .map(CallEntry::holder)
        .sorted(Comparator.comparing(Holder::age).reversed())
        .limit(MOST_NAMED)
        .toList();
  }

  /** The connection that has been held for longest; null when none is held. */
  @Nullable Holder oldestLease() {
    return calls.stream()
        .map(CallEntry::heldLease)
        .flatMap(Stream::ofNullable)
        .max(Comparator.comparing(Lease::heldFor))
        .map(Lease::holder)
        .orElse(null);
  }

  List<Holder> holders() {
    return calls.stream().map(CallEntry::holder).toList();
  }

  /**
   * Waits until no call is left that the filter names, or the time is over; true if none is. An
   * interrupted close goes on at once with cutting, and keeps the flag for its caller.
   */
  boolean awaitNone(Predicate<CallEntry> filter, long nanos) {
    try {
      return joinAll(filter, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits until no call is left that the filter names. */
  void joinAll(Predicate<CallEntry> filter) throws InterruptedException {
    boolean unused = joinAll(filter, Long.MAX_VALUE);
  }

  private boolean joinAll(Predicate<CallEntry> filter, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lock();
    watchers.incrementAndGet();
    try {
      while (anyMatch(filter)) {
        if (left <= 0) {
          return false;
        }
        left = ended.awaitNanos(left);
      }
      return true;
    } finally {
      watchers.decrementAndGet();
      lock.unlock();
    }
  }
}
