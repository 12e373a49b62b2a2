package dev.belay.client;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One attempt in each step of a rate, with a bounded first-in, first-out queue before it.
 *
 * <p>resilience4j has the steps; its own wait blocks the caller's thread and takes a permit that
 * cannot be given back. So only the first of the queue asks, when its turn has come, and one that
 * gives up takes nothing. It is asked for the moment of that turn and not for the moment at which
 * somebody looks: steps that pass between two looks would be lost otherwise.
 */
final class RateGate implements Gate {
  private final RateLimit limit;
  private final int maxQueue;
  private final NanoClock clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Asked under the lock only, so that what it answers is still so a moment later. */
  private final AtomicRateLimiter steps;

  /** Guarded by the lock. The first has a turn, the others have none yet. */
  private final Set<Turn> queue = new LinkedHashSet<>();

  /** Guarded by the lock: the moment for which resilience4j is asked. Never goes back. */
  private long asOf;

  RateGate(RateLimit limit, int maxQueue, NanoClock clock) {
    this.limit = limit;
    this.maxQueue = maxQueue;
    this.clock = clock;
    asOf = clock.nanos();
    RateLimiterConfig oneInEach =
        RateLimiterConfig.custom()
            .limitForPeriod(1)
            .limitRefreshPeriod(limit.step())
            .timeoutDuration(Duration.ZERO)
            .build();
    steps = new AtomicRateLimiter(Phase.RATE.name(), oneInEach, () -> asOf);
  }

  /** A place in the queue. */
  private static final class Turn extends Ticket {
    private final long enteredAt;

    Turn(RateGate gate, CallEntry call, long enteredAt) {
      super(gate, call, NEVER);
      this.enteredAt = enteredAt;
    }
  }

  @Override
  public Phase phase() {
    return Phase.RATE;
  }

  @Override
  public boolean passesOn() {
    return false;
  }

  @Override
  public Ticket enter(CallEntry call) throws LimitReachedException {
    Duration wait;
    boolean inTime;
    lock.lock();
    try {
      long now = clock.nanos();
      Turn ticket = new Turn(this, call, now);
      if (queue.isEmpty() && isFreeAt(now)) {
        ticket.grant();
        return ticket;
      }
      wait = waitOfOneMore(now);
      inTime = wait.compareTo(Duration.ofNanos(call.deadline.endsAt() - now)) < 0;
      if (inTime && queue.size() < maxQueue) {
        queue.add(ticket);
        Turn unused = lead();
        return ticket;
      }
    } finally {
      lock.unlock();
    }
    throw inTime ? full(call, wait) : late(call, wait);
  }

  /** Takes the permit of this moment, if it is there. */
  private boolean isFreeAt(long now) {
    asOf = later(asOf, now);
    return steps.reservePermission() == 0;
  }

  private Duration waitOfOneMore(long now) {
    Turn first = first();
    long nanos = first == null ? nanosToWait() : first.until() - now;
    return limit.step().multipliedBy(queue.size()).plusNanos(nanos);
  }

  private LimitReachedException full(CallEntry call, Duration wait) {
    String what = "the " + phase() + " queue of " + maxQueue + " is full";
    return call.limitReached(LimitReachedException.Limit.QUEUE, what, wait);
  }

  private LimitReachedException late(CallEntry call, Duration wait) {
    String what = limit + ", so its turn would come in " + Text.of(wait) + ", after its deadline";
    return call.limitReached(LimitReachedException.Limit.RATE, what, wait);
  }

  /** Lets in all whose turn has come, and not only the one that it came for. */
  @Override
  public void expire(Ticket ticket) {
    List<Turn> letIn = new ArrayList<>();
    Turn next;
    lock.lock();
    try {
      long now = clock.nanos();
      next = first();
      while (next != null && now - next.until() >= 0) {
        queue.remove(next);
        if (take(next)) {
          letIn.add(next);
        }
        next = lead();
      }
    } finally {
      lock.unlock();
    }
    letIn.forEach(granted -> granted.call.wake());
    watch(next);
  }

  /** The permit of its turn is there: nobody else asks. One that has given up leaves it there. */
  private boolean take(Turn first) {
    asOf = later(asOf, first.until());
    return first.grant() && steps.reservePermission() == 0;
  }

  @Override
  public void forget(Ticket ticket) {
    Turn next;
    lock.lock();
    try {
      boolean led = first() == ticket;
      queue.remove(ticket);
      next = led ? lead() : null;
    } finally {
      lock.unlock();
    }
    watch(next);
  }

  /** A rate is spent by beginning an attempt, whatever becomes of it. */
  @Override
  public void takeBack(Ticket ticket, boolean clean) {}

  private @Nullable Turn first() {
    return queue.isEmpty() ? null : queue.iterator().next();
  }

  /** Gives the first of the queue its turn: the next step, and none from before it came. */
  private @Nullable Turn lead() {
    Turn first = first();
    if (first != null && first.until() == Ticket.NEVER) {
      asOf = later(asOf, first.enteredAt);
      first.waitUntil(asOf + nanosToWait());
    }
    return first;
  }

  private long nanosToWait() {
    return steps.getDetailedMetrics().getNanosToWait();
  }

  private static void watch(@Nullable Turn first) {
    if (first != null) {
      first.call.pool.watch(first.until());
    }
  }

  private static long later(long at, long other) {
    return at - other > 0 ? at : other;
  }
}
