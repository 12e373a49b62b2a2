package dev.belay.testkit;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work on several threads at once. */
final class Parallel {

  private Parallel() {}

  static void run(int threads, Callable<Void> work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Void> done : executor.invokeAll(Collections.nCopies(threads, work))) {
        done.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }
}
