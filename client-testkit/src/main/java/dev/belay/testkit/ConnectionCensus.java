package dev.belay.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The books of one server: which connections are open, and every number that is reported. */
final class ConnectionCensus {

  /** Whose FIN or RST came first. */
  enum EndedBy {
    CLIENT,
    SERVER
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final Set<CountedConnection> open = new LinkedHashSet<>();
  private final Map<Integer, PeerConnection> givenUp = new LinkedHashMap<>();
  private final List<Throwable> failures = new ArrayList<>();
  private int most;
  private int total;
  private int requests;
  private long settled;

  void opened(CountedConnection connection) {
    change(
        () -> {
          open.add(connection);
          // The kernel would not have given the port again to a client that still had it.
          givenUp.remove(connection.clientPort());
          total++;
          most = Math.max(most, open.size());
        });
  }

  void ended(CountedConnection connection, EndedBy end) {
    change(
        () -> {
          if (open.remove(connection) && end == EndedBy.SERVER) {
            givenUp.put(connection.clientPort(), connection.peer());
          }
        });
  }

  /** The client has ended what the server had ended before. */
  void left(CountedConnection connection) {
    change(() -> givenUp.remove(connection.clientPort()));
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

  List<CountedConnection> connections() {
    return read(() -> List.copyOf(open));
  }

  /** At most one for each port that there is. */
  List<PeerConnection> givenUp() {
    return read(() -> List.copyOf(givenUp.values()));
  }

  void awaitOpen(int expected, Duration limit) throws InterruptedException {
    await(() -> open.size() == expected, "expected open connections: " + expected, limit);
  }

  void awaitRequests(int expected, Duration limit) throws InterruptedException {
    await(() -> requests >= expected, "expected requests: at least " + expected, limit);
  }

  void awaitNoneOpen(Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      boolean unused = awaited(open::isEmpty, limit);
    } finally {
      lock.unlock();
    }
  }

  private void await(BooleanSupplier reached, String expectation, Duration limit)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!awaited(reached, limit)) {
        throw new AssertionError(expectation + " within " + limit + ", but " + listing());
      }
    } finally {
      lock.unlock();
    }
  }

  /** With the lock held. Returns false if the limit has passed before. */
  private boolean awaited(BooleanSupplier reached, Duration limit) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(limit);
    while (!reached.getAsBoolean()) {
      if (left <= 0) {
        return false;
      }
      left = changed.awaitNanos(left);
    }
    return true;
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
