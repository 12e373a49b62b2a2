package dev.belay.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How much is repeated at one origin: a share of the calls of the last ten seconds, and a reserve
 * for those who make few. Without it an outage is answered with three times the load.
 */
final class RetryBudget {
  private static final long SLOT_NANOS = Duration.ofSeconds(1).toNanos();

  /** The ten seconds, and the one that has begun: no ten seconds ever see more than is allowed. */
  private static final int SLOTS = 11;

  /** What a policy allows. */
  record Terms(double share, int reserve) {
    @Override
    public String toString() {
      return Math.round(share * 100) + " % of the calls + " + reserve + " in 10 s";
    }
  }

  /** What happened in one second. Calls are counted by their threads, the rest under the lock. */
  private static final class Slot {
    final long number;
    final LongAdder calls = new LongAdder();
    long repeated;

    Slot(long number) {
      this.number = number;
    }
  }

  /** Replaced by whoever comes first in a second; a call that meets the old one counts nowhere. */
  private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock: how many repetitions nobody was told yet that they were refused. */
  private long untold;

  /** Guarded by the lock: the second of the last time that somebody was told. */
  private long toldIn = Long.MIN_VALUE;

  void called(long now) {
    slot(now).calls.increment();
  }

  /** Takes one repetition; false when there is none left. */
  boolean take(Terms terms, long now) {
    Slot slot = slot(now);
    lock.lock();
    try {
      if (repeated(slot.number) + 1 > terms.share() * calls(slot.number) + terms.reserve()) {
        untold++;
        return false;
      }
      slot.repeated++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** How many were refused since this was last asked with success: once a second, else 0. */
  long refusals(long now) {
    long second = Math.floorDiv(now, SLOT_NANOS);
    lock.lock();
    try {
      if (untold == 0 || second == toldIn) {
        return 0;
      }
      long refused = untold;
      untold = 0;
      toldIn = second;
      return refused;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a new one would decide the same. */
  boolean isUnused(long now) {
    long second = Math.floorDiv(now, SLOT_NANOS);
    lock.lock();
    try {
      return calls(second) == 0 && repeated(second) == 0;
    } finally {
      lock.unlock();
    }
  }

  private Slot slot(long now) {
    long number = Math.floorDiv(now, SLOT_NANOS);
    int index = (int) Math.floorMod(number, (long) SLOTS);
    Slot present = slots.get(index);
    while (present == null || present.number < number) {
      Slot fresh = new Slot(number);
      if (slots.compareAndSet(index, present, fresh)) {
        return fresh;
      }
      present = slots.get(index);
    }
    return present;
  }

  private double calls(long second) {
    return (double) sum(second, slot -> slot.calls.sum());
  }

  /** Under the lock. */
  private long repeated(long second) {
    return sum(second, slot -> slot.repeated);
  }

  private long sum(long second, ToLongFunction<Slot> number) {
    long sum = 0;
    for (int i = 0; i < SLOTS; i++) {
      Slot slot = slots.get(i);
      if (slot != null && second - slot.number < SLOTS) {
        sum += number.applyAsLong(slot);
      }
    }
    return sum;
  }
}
