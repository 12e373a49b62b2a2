package dev.belay.testkit;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The books of one fault. */
final class FaultCount {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fewer = lock.newCondition();

  // Guarded by lock.
  private final Set<Socket> open = new LinkedHashSet<>();
  private final List<Received> elsewhere = new ArrayList<>();
  private int total;
  private int most;
  private int requests;

  void opened(Socket connection) {
    locked(
        () -> {
          total++;
          most = open.add(connection) ? Math.max(most, open.size()) : most;
          return total;
        });
  }

  void closed(Socket connection) {
    boolean unused =
        locked(
            () -> {
              fewer.signalAll();
              return open.remove(connection);
            });
  }

  /** Returns the number of this request, from 1 on. */
  int requested() {
    return locked(() -> ++requests);
  }

  void strayed(Received request) {
    boolean unused = locked(() -> elsewhere.add(request));
  }

  int open() {
    return locked(open::size);
  }

  int most() {
    return locked(() -> most);
  }

  int total() {
    return locked(() -> total);
  }

  int requests() {
    return locked(() -> requests);
  }

  List<Received> elsewhere() {
    return locked(() -> List.copyOf(elsewhere));
  }

  /** Returns false if some are open when the time is over. */
  boolean awaitNone(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (!open.isEmpty() && left > 0) {
        left = fewer.awaitNanos(left);
      }
      return open.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The threads of the connections cross them out. */
  void closeAll() {
    for (Socket connection : locked(() -> List.copyOf(open))) {
      try {
        connection.close();
      } catch (IOException e) {
        // It is closed either way.
      }
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
