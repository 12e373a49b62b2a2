package dev.belay.benchmarks.probe;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The threads of Belay in this JVM, by their names, without those that were there before. */
final class BelayThreads {
  private static final String PREFIX = "belay";
  private static final long LIMIT = TimeUnit.SECONDS.toNanos(1);

  private final Set<Thread> before = alive();

  /** Gives those that are ending 1 s to do so, and names the others. */
  List<String> lastingNames() throws InterruptedException {
    long end = System.nanoTime() + LIMIT;
    for (Thread thread : added()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      thread.join(Math.max(1, left));
    }
    return added().stream().map(Thread::getName).sorted().toList();
  }

  private Set<Thread> added() {
    Set<Thread> now = alive();
    now.removeAll(before);
    return now;
  }

  private static Set<Thread> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(PREFIX))
        .collect(Collectors.toSet());
  }
}
