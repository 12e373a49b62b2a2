package dev.belay.client;

import java.io.Closeable;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Connections, and the cap on their number.
 *
 * <p>By default at most 10 connections, of which at most 5 idle. Open sockets, those that are idle
 * or still connecting included, never exceed {@link BoundedPoolBuilder#maxConnections}. Building a
 * pool opens no socket and starts no thread. Many {@linkplain BelayClient#builder(BoundedPool)
 * clients} can share one pool; closing a client leaves its siblings alone, closing the pool closes
 * them all.
 *
 * <p>Safe for use by several threads. Whoever builds a pool closes it.
 */
public final class BoundedPool implements Closeable {
  private final PoolState state;

  BoundedPool(PoolState state) {
    this.state = state;
    if (!state.settings.ownedByClient()) {
      Forgotten.watch(this, state.node, state, Closer::closePool);
    }
  }

  /**
   * A pool with the defaults, to be changed.
   *
   * @return a new builder
   */
  public static BoundedPoolBuilder builder() {
    return new BoundedPoolBuilder();
  }

  /**
   * Every pool of this JVM that is not closed, with what it has open. Does not block.
   *
   * @return snapshots, oldest pool first
   */
  public static List<PoolSnapshot> openPools() {
    return PoolState.snapshots();
  }

  /**
   * Takes the stack of every opener in this JVM, whatever the {@link TrackingLevel} of its pool,
   * until the returned handle is closed. For tests, and for hunting a leak in a running process.
   *
   * @return closing it ends the tracking; closing it again does nothing
   */
  public static Closeable trackEverything() {
    Runnable end = Tracking.everywhere();
    return end::run;
  }

  /**
   * Closes, without a grace period, what is open in this JVM and what the predicate names: pools,
   * clients and scopes with everything below them, calls and responses. Their users see a {@link
   * ClosedException} or a {@link CancelledException}. For tests, which go on after a leak.
   *
   * <p>Blocks like {@link #close(Duration)} with a grace period of zero.
   *
   * @param held says of each holder whether it is to be closed; called by the calling thread
   * @return how many were closed, those below them not counted
   */
  public static int reclaim(Predicate<? super Holder> held) {
    return Reclaim.all(PoolState.all(), held);
  }

  PoolState state() {
    return state;
  }

  /**
   * What is open now. Does not block.
   *
   * @return a snapshot
   */
  public PoolSnapshot snapshot() {
    return state.snapshot();
  }

  /**
   * Closes the pool and everything below it, letting running calls finish for up to 5 s.
   *
   * <p>Logs a warning when something had to be cut. Blocks until nothing is open; a second close
   * returns at once. Safe from any thread, also from inside a handler, whose own call it does not
   * wait for.
   */
  @Override
  public void close() {
    Closer.warnIfCut(close(Closer.GRACE));
  }

  /**
   * Closes the pool and everything below it.
   *
   * <p>Blocks until nothing is open, at most for the grace period and 200 ms: a thread that is held
   * up by a look-up or by a user's code is left to itself, without its connection. An interrupt
   * ends the grace period, and its flag stays set.
   *
   * @param grace how long running calls may finish; zero cuts them at once
   * @return what had to be done; of a second close, a report of nothing
   * @throws IllegalArgumentException if the grace period is negative
   */
  public CloseReport close(Duration grace) {
    try {
      return Closer.close(state.node, state, grace, Closer::closePool);
    } finally {
      Reference.reachabilityFence(this); // what is being closed was not forgotten
    }
  }

  /**
   * The numbers of the pool, and below them the tree of what is open in it: clients, their scopes
   * and their calls, one line each, of any one's no more than 20. Holds no query, header or body.
   */
  @Override
  public String toString() {
    return Tree.of(state, state.node, "pool " + snapshot().numbers());
  }
}
