package dev.belay.benchmarks.demo;

import dev.belay.client.DeadlineExceededException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Counts failures by what was at their bottom. Safe for use by several threads. */
final class Tally {
  private static final int MOST_REASONS = 20;
  private static final String OTHER = "other";

  private final AtomicInteger timeouts = new AtomicInteger();
  private final AtomicInteger tooManyOpenFiles = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<String, Integer> reasons = new TreeMap<>();

  void count(Throwable failure) {
    if (has(failure, Tally::isTimeout)) {
      timeouts.incrementAndGet();
    }
    if (has(failure, Tally::isOutOfDescriptors)) {
      tooManyOpenFiles.incrementAndGet();
    }
    lock.lock();
    try {
      String reason = reasonOf(failure);
      boolean room = reasons.containsKey(reason) || reasons.size() < MOST_REASONS;
      reasons.merge(room ? reason : OTHER, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  int timeouts() {
    return timeouts.get();
  }

  int tooManyOpenFiles() {
    return tooManyOpenFiles.get();
  }

  Map<String, Integer> reasons() {
    lock.lock();
    try {
      return new TreeMap<>(reasons);
    } finally {
      lock.unlock();
    }
  }

  /** A socket that timed out is an {@link InterruptedIOException} too. */
  private static boolean isTimeout(Throwable failure) {
    return failure instanceof DeadlineExceededException
        || failure instanceof InterruptedIOException;
  }

  private static boolean isOutOfDescriptors(Throwable failure) {
    String message = failure.getMessage();
    return message != null && message.contains("Too many open files");
  }

  private static boolean has(Throwable failure, Predicate<Throwable> trait) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (trait.test(t)) {
        return true;
      }
    }
    return false;
  }

  private static String reasonOf(Throwable failure) {
    Throwable bottom = failure;
    while (bottom.getCause() != null) {
      bottom = bottom.getCause();
    }
    return bottom.getClass().getSimpleName() + ": " + bottom.getMessage();
  }
}
