package dev.belay.client;

import java.time.Duration;
import java.util.List;

/**
 * The one way to close a node of the tree: refuse what is new, wake what waits, let run what runs
 * for the grace period, cut the rest, and leave nothing open.
 */
final class Closer {
  /**
   * How long cut calls get to leave: their sockets are closed, so they have nothing to wait for.
   */
  private static final long LEAVING = Duration.ofMillis(200).toNanos();

  private final Node node;
  private final Closing closing;
  private final PoolState pool;
  private final long startedAt;
  private final Thread self = Thread.currentThread();

  private Closer(Node node, Closing closing, PoolState pool) {
    this.node = node;
    this.closing = closing;
    this.pool = pool;
    startedAt = pool.clock.nanos();
  }

  /** Called by the one who began the close. */
  static CloseReport close(Node node, PoolState pool, Duration grace) {
    Closing closing = node.closing();
    if (closing == null) {
      throw new IllegalStateException(node + " is not closing");
    }
    return new Closer(node, closing, pool).close(grace);
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
    boolean unused =
        pool.ledger.awaitNone(c -> c.node.isWithin(node) && !c.isRunBy(self), grace.toNanos());
  }

  /** Nobody drives a response that the user holds, so it ends here; the others end themselves. */
  private static void cutAndEnd(CallEntry call, Cut.Closed closed) {
    boolean unused = call.cut(closed);
    if (call.handedOut) {
      call.end(null);
    }
  }

  private void leave() {
    boolean unused = pool.ledger.awaitNone(c -> c.node.isWithin(node) && !c.isRunBy(self), LEAVING);
  }

  /** What only a pool has: connections, and threads. */
  static void closePool(PoolState pool) {
    pool.connections.close();
    pool.workers.close();
    pool.callbacks.close();
    Thread housekeeper = pool.housekeeper.stop();
    pool.forget();
    Thread self = Thread.currentThread();
    boolean inHandler = pool.ledger.anyMatch(call -> call.isRunBy(self));
    if (!inHandler && !pool.transport.awaitHosts(LEAVING)) {
      Log.CLOSE.debug("{} threads of {} have not ended yet", pool.transport.hosts(), pool.node);
    }
    if (housekeeper != null) {
      join(housekeeper);
    }
  }

  private static void join(Thread housekeeper) {
    try {
      housekeeper.join(Duration.ofNanos(LEAVING).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
