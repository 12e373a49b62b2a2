package dev.belay.benchmarks.demo;

import java.io.Closeable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes a sample ten times a second until it is closed. */
final class Sampler implements Closeable {
  private static final long PERIOD_MILLIS = 100;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sampler");
            thread.setDaemon(true);
            return thread;
          });

  private Sampler() {}

  static Sampler start(Supplier<Sample> source, Consumer<Sample> target) {
    Sampler sampler = new Sampler();
    var unused =
        sampler.clock.scheduleAtFixedRate(
            () -> target.accept(source.get()), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return sampler;
  }

  /** No sample begins after this; one that was being taken has been delivered. */
  @Override
  public void close() {
    clock.shutdown();
    try {
      boolean unused = clock.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
