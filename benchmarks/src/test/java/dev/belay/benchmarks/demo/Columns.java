package dev.belay.benchmarks.demo;

import java.util.List;
import java.util.Map;

/** Columns as runs leave them, for tests that need one and run nothing. */
final class Columns {
  private static final Resources START = new Resources(30, 0, 7, 5_000_000);

  private Columns() {}

  static Column good() {
    return after(1_000, 190, new Column.ServerCount(10, 0, 15, 1_200), START);
  }

  static Column withServer(int most, int left, int messages) {
    return after(1_000, 190, new Column.ServerCount(most, left, 15, messages), START);
  }

  static Column withHeavyPhase(int succeeded, double perSecond) {
    return after(succeeded, perSecond, new Column.ServerCount(10, 0, 15, 1_200), START);
  }

  static Column withHeap(long atEnd) {
    Column.ServerCount server = new Column.ServerCount(10, 0, 15, 1_200);
    return after(1_000, 190, server, new Resources(30, 0, 7, atEnd));
  }

  static Column remote(int socketsAtEnd) {
    Resources end = new Resources(30, socketsAtEnd, 7, 5_000_000);
    return new Column("after", worker(1_000, 190, 0, end), null, 10, List.of());
  }

  static Column before(int succeeded, int noDescriptor) {
    Column.ServerCount server = new Column.ServerCount(218, 218, 218, succeeded);
    WorkerResult worker = worker(succeeded - 200, 30, noDescriptor, START);
    return new Column("before", worker, server, 0, List.of(new Column.Moment(0.1, 3, 40)));
  }

  private static Column after(
      int succeeded, double perSecond, Column.ServerCount server, Resources end) {
    return new Column("after", worker(succeeded, perSecond, 0, end), server, 10, List.of());
  }

  /** The calls of the phases before the heavy one take 50 ms. */
  private static WorkerResult worker(
      int succeeded, double perSecond, int noDescriptor, Resources end) {
    Latencies latencies = new Latencies(100, 50, 50, 80);
    List<PhaseResult> phases =
        List.of(
            new PhaseResult(LoadPhase.ALL.get(0), 100, 5, latencies),
            new PhaseResult(LoadPhase.ALL.get(1), 100, 0.5, latencies),
            new PhaseResult(
                LoadPhase.ALL.get(2),
                succeeded,
                succeeded / perSecond,
                new Latencies(succeeded, 100, 100, 160)));
    var failures = new WorkerResult.Failures(0, noDescriptor, Map.of());
    return new WorkerResult(phases, latencies, failures, START, end);
  }
}
