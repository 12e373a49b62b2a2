package dev.belay.benchmarks.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Something that the demo claims, whether it holds, and what was measured. */
record Verdict(String claim, boolean holds, String measured) {
  private static final double HALF = 0.5;
  private static final long HEAP_GROWTH = 5_000_000;
  private static final double LEAST_PER_SECOND = 112;
  private static final double SHARE_OF_IDEAL = 0.9;
  private static final double MILLIS = 1_000;

  static List<Verdict> ofBefore(Column before) {
    WorkerResult worker = before.worker();
    int noDescriptor = worker.failures().tooManyOpenFiles();
    return List.of(
        of(
            "before: below 50 % success",
            worker.successRate() < HALF, "%.1f %%", worker.successRate() * 100),
        of(
            "before: too many open files",
            noDescriptor > 0,
            "%,d of %,d failures",
            noDescriptor,
            worker.requests() - worker.succeeded()));
  }

  static List<Verdict> ofAfter(Column after) {
    List<Verdict> verdicts = new ArrayList<>();
    WorkerResult worker = after.worker();
    verdicts.add(
        of(
            format("after: %,d of %<,d requests succeed", worker.requests()),
            worker.succeeded() == worker.requests(),
            "%,d",
            worker.succeeded()));
    int timeouts = worker.failures().timeouts();
    verdicts.add(of("after: 0 timeouts", timeouts == 0, "%,d", timeouts));
    verdicts.addAll(ofConnections(after));
    verdicts.add(
        of(
            "after: heap growth under 5 MB",
            worker.heapGrowth() < HEAP_GROWTH,
            "%.1f MB",
            worker.heapGrowth() / 1e6));
    Column.ServerCount server = after.server();
    if (server != null) {
      verdicts.add(ofMessages(worker, server));
      verdicts.add(ofThroughput(worker));
    }
    return List.copyOf(verdicts);
  }

  private static List<Verdict> ofConnections(Column after) {
    String where = after.server() == null ? " by its own count" : " at the server";
    int most = after.mostConnections();
    return List.of(
        of(
            "after: at most " + AfterWorker.CAP + " connections open" + where + " at any instant",
            most <= AfterWorker.CAP,
            "%,d",
            most),
        of(
            "after: 0 open" + where + " 1 s after close",
            after.leftOpen() == 0,
            "%,d",
            after.leftOpen()));
  }

  private static Verdict ofMessages(WorkerResult worker, Column.ServerCount server) {
    return of(
        "after: the server took each message once",
        server.messages() == worker.requests(),
        "%,d messages",
        server.messages());
  }

  /**
   * A connection that is never idle carries one request in the time that a request takes whose
   * caller need not wait for a connection, as in the phases before the heavy one.
   */
  private static Verdict ofThroughput(WorkerResult worker) {
    PhaseResult heavy = worker.heavy();
    double latency = worker.meanMillisUpTo(AfterWorker.CAP);
    double required =
        Math.max(LEAST_PER_SECOND, SHARE_OF_IDEAL * AfterWorker.CAP * MILLIS / latency);
    return of(
        format(
            "after: at least %.0f/s at %d at a time: 0.9 x %d connections / %.1f ms (mean latency "
                + "of the phases without waiting), no less than %.0f/s",
            required, heavy.phase().callers(), AfterWorker.CAP, latency, LEAST_PER_SECOND),
        heavy.succeededPerSecond() >= required,
        "%.0f/s",
        heavy.succeededPerSecond());
  }

  private static Verdict of(String claim, boolean holds, String measured, Object... values) {
    return new Verdict(claim, holds, format(measured, values));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  @Override
  public String toString() {
    return (holds ? "ok      " : "FAILED  ") + claim + " (measured: " + measured + ")";
  }
}
