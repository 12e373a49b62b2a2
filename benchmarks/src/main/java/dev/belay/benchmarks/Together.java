package dev.belay.benchmarks;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Several threads that do the same at the same time. */
public final class Together {
  private Together() {}

  /** What each thread does. */
  @FunctionalInterface
  public interface Task {
    /** Called once on each thread. */
    void run() throws InterruptedException;
  }

  /**
   * Returns when all threads are done.
   *
   * @throws IllegalStateException if one of them threw
   */
  public static void run(int threads, Task task) throws InterruptedException {
    Callable<@Nullable Void> each =
        () -> {
          task.run();
          return null;
        };
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (Future<@Nullable Void> ended : executor.invokeAll(Collections.nCopies(threads, each))) {
        var unused = ended.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a thread ended early", e);
    } finally {
      executor.shutdownNow();
    }
  }
}
