package dev.belay.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The living threads of one server, all daemons with a small stack. */
final class ServerThreads {

  private static final long STACK_BYTES = 256 * 1024;

  private final Set<Thread> living = ConcurrentHashMap.newKeySet();

  void start(String name, Runnable work) {
    Runnable listed =
        () -> {
          try {
            work.run();
          } finally {
            living.remove(Thread.currentThread());
          }
        };
    Thread thread = new Thread(null, listed, name, STACK_BYTES);
    thread.setDaemon(true);
    living.add(thread);
    thread.start();
  }

  /**
   * Interrupts every thread but the caller's and waits until they have ended.
   *
   * @return those that were still running after the limit
   */
  List<Thread> end(Duration limit) {
    List<Thread> others = new ArrayList<>(living);
    others.remove(Thread.currentThread());
    others.forEach(Thread::interrupt);
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      for (Thread thread : others) {
        TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    others.removeIf(thread -> !thread.isAlive());
    return others;
  }
}
