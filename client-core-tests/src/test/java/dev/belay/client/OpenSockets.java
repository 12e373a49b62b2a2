package dev.belay.client;

import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The connections that a server of a test has accepted, for whoever waits for their end. */
final class OpenSockets {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fewer = lock.newCondition();

  /** Guarded by the lock, like the total. */
  private final Set<Socket> open = new LinkedHashSet<>();

  private int total;

  void opened(Socket socket) {
    lock.lock();
    try {
      open.add(socket);
      total++;
    } finally {
      lock.unlock();
    }
  }

  void closed(Socket socket) {
    lock.lock();
    try {
      open.remove(socket);
      fewer.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many there were, since the start. */
  int total() {
    lock.lock();
    try {
      return total;
    } finally {
      lock.unlock();
    }
  }

  void awaitNone(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (!open.isEmpty()) {
        if (left <= 0) {
          throw new AssertionError(open.size() + " connections are open after " + limit);
        }
        left = fewer.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A socket that tells of its close takes itself out. */
  void closeAll() {
    copy().forEach(Front::closeQuietly);
  }

  private Set<Socket> copy() {
    lock.lock();
    try {
      return Set.copyOf(open);
    } finally {
      lock.unlock();
    }
  }
}
