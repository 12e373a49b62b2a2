package dev.belay.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The one way to close a node of the tree: refuse what is new, wake what waits, let run what runs
 * for the grace period, cut the rest, and leave nothing open. One close of a client and its own
 * pool is one closer, so that what does not leave is waited for once.
 */
final class Closer {
  /** How long a close without a grace period of its own lets running calls finish. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /**
   * How long cut calls get to leave: their sockets are closed, so they have nothing to wait for.
   */
  private static final long CALLS_LEAVE = Duration.ofMillis(150).toNanos();

  /** How long our threads get, from the same moment; close takes no longer than that. */
  private static final long THREADS_LEAVE = Duration.ofMillis(200).toNanos();

  private final PoolState pool;

  /** By the machine's clock, as all here: threads leave in its time, whatever the pool's says. */
  private final long startedAt = NanoClock.SYSTEM.nanos();

  /** The end of the grace period; of a pool that closes with its client, the client's. */
  private OptionalLong cutAt = OptionalLong.empty();

  /** Written by {@link #closePool}. */
  private List<String> stuck = List.of();

  private Closer(PoolState pool) {
    this.pool = pool;
  }

  /**
   * Closes a node, once; whoever comes second has nothing to do.
   *
   * @param above goes on when the node is closed, whatever went wrong: nobody can close it again
   */
  static CloseReport close(Node node, PoolState pool, Duration grace, Consumer<Closer> above) {
    Duration checked = Check.notNegative(Objects.requireNonNull(grace, "grace"), "grace");
    Closing closing = node.beginClose();
    if (closing == null) {
      return new CloseReport(node.name, 0, 0, 0, Duration.ZERO, List.of(), List.of());
    }
    Closer closer = new Closer(pool);
    CloseReport report;
    try {
      report = closer.close(node, closing, checked);
    } finally {
      pool.forget(node);
      above.accept(closer);
    }
    return report.withStuck(closer.stuck);
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
    if (!report.stuck().isEmpty()) {
      Log.CLOSE.warn(
          "closing '{}' left threads that hang in look-ups: {}", report.name(), report.stuck());
    }
  }

  private CloseReport close(Node node, Closing closing, Duration grace) {
    List<CallEntry> open = pool.ledger.within(node);
    Cut.Closed closed = new Cut.Closed(closing);
    Set<CallEntry> refused =
        open.stream().filter(call -> call.refuseWaiting(closed)).collect(Collectors.toSet());
    awaitNone(node, grace.toNanos());
    List<CallEntry> late =
        pool.ledger.within(node).stream().filter(call -> !refused.contains(call)).toList();
    List<Holder> cut = late.stream().map(CallEntry::holder).toList();
    int held = (int) late.stream().filter(call -> call.handedOut).count();
    late.forEach(call -> cutAndEnd(call, closed));
    awaitNone(node, left(CALLS_LEAVE));
    awaitFutures(node);
    Duration took = Duration.ofNanos(NanoClock.SYSTEM.nanos() - startedAt);
    int drained = Math.max(0, open.size() - refused.size() - late.size());
    int cancelled = late.size() - held;
    return new CloseReport(node.name, drained, cancelled, held, took, cut, List.of());
  }

  /** Code of a call that closes what it runs in does not wait for itself. */
  private void awaitNone(Node node, long nanos) {
    boolean unused =
        pool.ledger.awaitNone(call -> call.node.isWithin(node) && !Running.isIn(call), nanos);
  }

  /** Whoever leaves a scope finds its futures done. */
  private void awaitFutures(Node node) {
    try {
      pool.joinFutures(node, () -> left(CALLS_LEAVE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nobody drives a response that the user holds, so it ends here; the others end themselves. */
  static void cutAndEnd(CallEntry call, Cut reason) {
    boolean unused = call.cut(reason);
    if (call.handedOut) {
      call.end(null);
    }
  }

  /** What is left of a time that began with the end of the grace period. */
  private long left(long nanos) {
    long now = NanoClock.SYSTEM.nanos();
    if (cutAt.isEmpty()) {
      cutAt = OptionalLong.of(now);
    }
    return Math.max(0, cutAt.getAsLong() + nanos - now);
  }

  /** The pool of a client that has one of its own: its calls have ended with the client. */
  void closeOwnPool() {
    Closing closing = pool.node.beginClose();
    if (closing != null) {
      try {
        CloseReport unused = close(pool.node, closing, Duration.ZERO);
      } finally {
        closePool();
      }
    }
  }

  /** What only a pool has: connections, and threads. */
  void closePool() {
    pool.connections.close();
    pool.workers.close();
    pool.crew.exchanges().close();
    pool.callbacks.close();
    List<Thread> lookUps = pool.crew.resolver().close();
    Thread housekeeper = pool.housekeeper.stop();
    pool.forget();
    boolean inCall = pool.ledger.anyMatch(Running::isIn);
    if (!inCall && !pool.crew.awaitHosts(left(THREADS_LEAVE))) {
      Log.CLOSE.debug("{} threads of {} have not ended yet", pool.crew.hosts(), pool.node);
    }
    lookUps.forEach(this::join);
    stuck = pool.crew.resolver().running();
    if (housekeeper != null) {
      join(housekeeper);
    }
    Thread listener = pool.lifecycle.close();
    if (listener != null) {
      join(listener);
    }
  }

  private void join(Thread ours) {
    try {
      ours.join(1 + Duration.ofNanos(left(THREADS_LEAVE)).toMillis()); // zero is for ever
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
