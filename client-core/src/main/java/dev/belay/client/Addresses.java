package dev.belay.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which addresses could not be connected to when they were last tried: others are tried before
 * them. Else one that swallows everything would cost each new connection the connect timeout.
 */
final class Addresses {
  private static final int MOST = 1_000;

  private final ReentrantLock lock = new ReentrantLock();

  /** The number of each one's last failure, the lowest first. Guarded by the lock. */
  private final Map<InetSocketAddress, Long> failures = new LinkedHashMap<>();

  /** Guarded by the lock. */
  private long numbers;

  void failed(InetSocketAddress address) {
    lock.lock();
    try {
      Long unused = failures.remove(address);
      failures.put(address, ++numbers);
      if (failures.size() > MOST) {
        InetSocketAddress oldest = failures.keySet().iterator().next();
        unused = failures.remove(oldest);
      }
    } finally {
      lock.unlock();
    }
  }

  void connected(InetSocketAddress address) {
    lock.lock();
    try {
      Long unused = failures.remove(address);
    } finally {
      lock.unlock();
    }
  }

  /**
   * What has not failed, in the order in which it was found; then what has, the oldest failure
   * first, so that it is tried when all the others fail.
   */
  List<InetAddress> bestFirst(List<InetAddress> found, int port) {
    List<InetAddress> ordered = new ArrayList<>(found); // which is the user's: not under our lock
    lock.lock();
    try {
      if (!failures.isEmpty()) {
        ordered.sort(Comparator.comparing(address -> lastFailure(address, port)));
      }
    } finally {
      lock.unlock();
    }
    return ordered;
  }

  private long lastFailure(InetAddress address, int port) {
    return failures.getOrDefault(new InetSocketAddress(address, port), 0L);
  }
}
