package dev.belay.benchmarks.probe;

import dev.belay.benchmarks.Json;
import dev.belay.benchmarks.Together;
import dev.belay.client.CloseReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** All calls of one run, its close, and what it prints. */
final class ProbeRun {
  /** What {@code BelayClient.close()} gives to running calls. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Setup setup;
  private final ProbeOptions options;
  private final Caller caller;
  private final PrintStream out;
  private final BelayThreads threads = new BelayThreads();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  /**
   * Set by whoever closes the client, the clock or the end; {@link #closed} hands on its report.
   */
  private final AtomicBoolean closing = new AtomicBoolean();

  private final CompletableFuture<CloseReport> closed = new CompletableFuture<>();

  ProbeRun(Setup setup, ProbeOptions options, PrintStream out) {
    this.setup = setup;
    this.options = options;
    this.out = out;
    caller = new Caller(setup, options.mode, options.leak);
  }

  /** Whether every call was ok. */
  boolean run() throws InterruptedException, ExecutionException {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      if (options.closeAfter != null) {
        long nanos = options.closeAfter.toNanos();
        var unused = clock.schedule(() -> closeOnce(GRACE), nanos, TimeUnit.NANOSECONDS);
      }
      Together.run(Math.min(options.threads, options.count), this::callUntilNoneIsLeft);
      LastLine.Snapshot before = LastLine.Snapshot.of(setup.client().snapshot());
      closeOnce(Duration.ZERO); // nothing runs any more: what is open now was left open
      LastLine.Close close = LastLine.Close.of(closed.get());
      int open = setup.client().snapshot().open();
      say(new LastLine(options.count, failed.get(), before, close, open, threads.lastingNames()));
      return failed.get() == 0;
    } finally {
      clock.shutdownNow();
    }
  }

  private void closeOnce(Duration grace) {
    if (closing.compareAndSet(false, true)) {
      var unused = closed.completeAsync(() -> setup.client().close(grace), Runnable::run);
    }
  }

  private void callUntilNoneIsLeft() throws InterruptedException {
    while (begun.getAndIncrement() < options.count) {
      CallLine line = caller.call();
      if (!line.ok()) {
        failed.incrementAndGet();
      }
      say(line);
    }
  }

  private void say(Object line) {
    out.println(Json.line(line));
  }
}
