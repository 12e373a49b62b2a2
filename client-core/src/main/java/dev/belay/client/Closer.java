package dev.belay.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The one way to close a node of the tree: refuse what is new, wake what waits, let run what runs
 * for the grace period, cut the rest, and leave nothing open.
 */
final class Closer {
  /**
   * How long cut calls get to leave: their sockets are closed, so they have nothing to wait for.
   */
  private static final long LEAVING = Duration.ofMillis(200).toNanos();

  /** How long a close without a grace period of its own lets running calls finish. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private final Node node;
  private final Closing closing;
  private final PoolState pool;
  private final long startedAt;

  private Closer(Node node, Closing closing, PoolState pool) {
    this.node = node;
    this.closing = closing;
    this.pool = pool;
    startedAt = pool.clock.nanos();
  }

  /**
   * Closes a node, once; whoever comes second has nothing to do.
   *
   * @param above runs when the node is closed, whatever went wrong: nobody can close it again
   */
  static CloseReport close(Node node, PoolState pool, Duration grace, Runnable above) {
    Duration checked = Check.notNegative(Objects.requireNonNull(grace, "grace"), "grace");
    Closing closing = node.beginClose();
    if (closing == null) {
      return new CloseReport(node.name, 0, 0, 0, Duration.ZERO, List.of());
    }
    try {
      return new Closer(node, closing, pool).close(checked);
    } finally {
      pool.forget(node);
      above.run();
    }
  }

  static void warnIfCut(CloseReport report) {
    if (!report.clean()) {
      Log.CLOSE.warn(
          "closing '{}' cut {} running calls and {} responses that nobody had closed: {}",
          report.name(),
          report.cancelled(),
          report.reclaimed(),
          report.cut());
    }
  }

  private CloseReport close(Duration grace) {
    List<CallEntry> open = pool.ledger.within(node);
    Cut.Closed closed = new Cut.Closed(closing);
    int refused = (int) open.stream().filter(call -> call.refuseWaiting(closed)).count();
    drain(grace);
    List<CallEntry> late = pool.ledger.within(node);
    List<Holder> cut = late.stream().map(CallEntry::holder).toList();
    int held = (int) late.stream().filter(call -> call.handedOut).count();
    late.forEach(call -> cutAndEnd(call, closed));
    leave();
    Duration took = Duration.ofNanos(pool.clock.nanos() - startedAt);
    int drained = Math.max(0, open.size() - refused - late.size());
    return new CloseReport(node.name, drained, late.size() - held, held, took, cut);
  }

  /** A handler that closes its own client does not wait for itself. */
  private void drain(Duration grace) {
    boolean unused = pool.ledger.awaitNone(this::isToEnd, grace.toNanos());
  }

  /** Nobody drives a response that the user holds, so it ends here; the others end themselves. */
  private static void cutAndEnd(CallEntry call, Cut.Closed closed) {
    boolean unused = call.cut(closed);
    if (call.handedOut) {
      call.end(null);
    }
  }

  private boolean isToEnd(CallEntry call) {
    return call.node.isWithin(node) && !Running.isIn(call);
  }

  private void leave() {
    boolean unused = pool.ledger.awaitNone(this::isToEnd, LEAVING);
  }

  /** What only a pool has: connections, and threads. */
  static void closePool(PoolState pool) {
    pool.connections.close();
    pool.workers.close();
    pool.callbacks.close();
    Thread housekeeper = pool.housekeeper.stop();
    pool.forget();
    boolean inHandler = pool.ledger.anyMatch(Running::isIn);
    if (!inHandler && !pool.transport.awaitHosts(LEAVING)) {
      Log.CLOSE.debug("{} threads of {} have not ended yet", pool.transport.hosts(), pool.node);
    }
    if (housekeeper != null) {
      join(housekeeper);
    }
    pool.lifecycle.close(LEAVING);
  }

  private static void join(Thread housekeeper) {
    try {
      housekeeper.join(Duration.ofNanos(LEAVING).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
