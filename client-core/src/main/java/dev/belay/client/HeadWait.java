package dev.belay.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The wait of one attempt for the head of its answer, which comes in time or not at all. */
final class HeadWait {
  final Duration time;

  /** When it is overdue, by the clock of the pool. */
  final long endsBy;

  /** Whoever moves it decides what becomes of the attempt, once. */
  private final AtomicReference<Head> head = new AtomicReference<>(Head.AWAITED);

  private enum Head {
    AWAITED,
    /** It is here, or will never come. */
    DECIDED,
    OVERDUE
  }

  HeadWait(Duration time, long now) {
    this.time = time;
    endsBy = now + time.toNanos();
  }

  /** False when it came too late. */
  boolean end() {
    return head.compareAndSet(Head.AWAITED, Head.DECIDED);
  }

  /** True for the one who has to close the connection. */
  boolean expire() {
    return head.compareAndSet(Head.AWAITED, Head.OVERDUE);
  }

  boolean isOn() {
    return head.get() == Head.AWAITED;
  }

  boolean isOverdue() {
    return head.get() == Head.OVERDUE;
  }
}
