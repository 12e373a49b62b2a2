package dev.belay.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The books of one server: which connections are open, and every number that is reported. */
final class ConnectionCensus {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final Set<ServerConnection> open = new LinkedHashSet<>();
  private final List<Throwable> failures = new ArrayList<>();
  private int most;
  private int total;
  private int requests;
  private long settled;

  void opened(ServerConnection connection) {
    change(
        () -> {
          open.add(connection);
          total++;
          most = Math.max(most, open.size());
        });
  }

  void closed(ServerConnection connection) {
    change(() -> open.remove(connection));
  }

  void requested() {
    change(() -> requests++);
  }

  void failed(Throwable failure) {
    change(() -> failures.add(failure));
  }

  void settled(long turn) {
    change(() -> settled = turn);
  }

  void awaitSettled(long turn) {
    lock.lock();
    try {
      while (settled < turn) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  int open() {
    return read(() -> open.size());
  }

  int most() {
    return read(() -> most);
  }

  int total() {
    return read(() -> total);
  }

  int requests() {
    return read(() -> requests);
  }

  List<Throwable> failures() {
    return read(() -> List.copyOf(failures));
  }

  List<ServerConnection> connections() {
    return read(() -> List.copyOf(open));
  }

  void awaitOpen(int expected, Duration limit) throws InterruptedException {
    await(() -> open.size() == expected, "expected open connections: " + expected, limit);
  }

  void awaitRequests(int expected, Duration limit) throws InterruptedException {
    await(() -> requests >= expected, "expected requests: at least " + expected, limit);
  }

  private void await(BooleanSupplier reached, String expectation, Duration limit)
      throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(limit);
    lock.lockInterruptibly();
    try {
      while (!reached.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError(expectation + " within " + limit + ", but " + listing());
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private String listing() {
    return open.stream()
        .map(connection -> "\n  " + connection)
        .collect(
            Collectors.joining(
                "", "there were " + requests + " requests and " + open.size() + " are open:", ""));
  }

  private <T> T read(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable mutation) {
    lock.lock();
    try {
      mutation.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
