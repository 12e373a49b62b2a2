package dev.belay.benchmarks.demo;

import dev.belay.benchmarks.Together;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** Runs phases against one sender and keeps the times and the failures. Run by one thread. */
final class Load {
  private final Sender sender;
  private final Tally tally = new Tally();
  private final AtomicInteger done = new AtomicInteger();
  private final List<PhaseResult> phases = new ArrayList<>();
  private long[] succeeded = {};

  Load(Sender sender) {
    this.sender = sender;
  }

  /** How many requests have ended; for any thread. */
  int done() {
    return done.get();
  }

  void run(LoadPhase phase) throws InterruptedException {
    // A failed request leaves its zero. Each place has one writer, whom the phase's end awaits.
    long[] nanos = new long[phase.requests()];
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    Together.run(phase.callers(), () -> sendUntilNoneIsLeft(nanos, next));
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    long[] good = Arrays.stream(nanos).filter(time -> time > 0).toArray();
    phases.add(new PhaseResult(phase, good.length, seconds, Latencies.of(good)));
    succeeded = LongStream.concat(Arrays.stream(succeeded), Arrays.stream(good)).toArray();
  }

  WorkerResult result(Resources before, Resources after) {
    return new WorkerResult(
        List.copyOf(phases),
        Latencies.of(succeeded),
        new WorkerResult.Failures(tally.timeouts(), tally.tooManyOpenFiles(), tally.reasons()),
        before,
        after);
  }

  private void sendUntilNoneIsLeft(long[] nanos, AtomicInteger next) {
    for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
      nanos[i] = timeOf(i);
      done.incrementAndGet();
    }
  }

  private long timeOf(int index) {
    long start = System.nanoTime();
    try {
      sender.send(index);
      return System.nanoTime() - start;
    } catch (Exception | Error e) {
      // OkHttp turns a lack of descriptors into an AssertionError where it opens the trust store.
      tally.count(e);
      return 0;
    }
  }
}
