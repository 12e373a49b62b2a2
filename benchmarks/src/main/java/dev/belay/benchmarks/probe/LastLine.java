package dev.belay.benchmarks.probe;

import dev.belay.client.CloseReport;
import dev.belay.client.Holder;
import dev.belay.client.PoolSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known when all is over.
 *
 * @param calls how many were made
 * @param failed how many of them were not ok
 * @param snapshot the pool after the last call; before the close, unless that came earlier
 * @param close what the close had to do
 * @param openAfterClose connections that the pool has open after it
 * @param threads the client's threads that are alive 1 s after it
 */
record LastLine(
    int calls,
    int failed,
    Snapshot snapshot,
    Close close,
    int openAfterClose,
    List<String> threads) {

  /** A {@link PoolSnapshot}; holders as text, which has the line that opened them. */
  record Snapshot(
      String name,
      int maxConnections,
      int open,
      int idle,
      int connecting,
      int leased,
      int waiting,
      @Nullable String oldestLease,
      PoolSnapshot.Totals totals,
      List<String> holders) {

    static Snapshot of(PoolSnapshot pool) {
      Holder oldest = pool.oldestLease();
      return new Snapshot(
          pool.name(),
          pool.maxConnections(),
          pool.open(),
          pool.idle(),
          pool.connecting(),
          pool.leased(),
          pool.waiting(),
          oldest == null ? null : oldest.toString(),
          pool.totals(),
          texts(pool.holders()));
    }
  }

  /** A {@link CloseReport}. */
  record Close(
      String name,
      boolean clean,
      int drained,
      int cancelled,
      int reclaimed,
      long tookMs,
      List<String> cut) {

    static Close of(CloseReport report) {
      return new Close(
          report.name(),
          report.clean(),
          report.drained(),
          report.cancelled(),
          report.reclaimed(),
          report.took().toMillis(),
          texts(report.cut()));
    }
  }

  private static List<String> texts(List<Holder> holders) {
    return holders.stream().map(Holder::toString).toList();
  }
}
