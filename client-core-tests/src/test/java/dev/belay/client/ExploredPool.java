package dev.belay.client;

import java.time.Duration;
import java.util.List;

/**
 * What is done before the operations and after them, on one thread: the checker takes it as one
 * step and looks for nothing in it.
 */
final class ExploredPool {
  static final Duration MAX_WAIT = Duration.ofSeconds(20);
  static final Duration IDLE_TIME = Duration.ofSeconds(10);
  static final int QUEUE = 2;

  private ExploredPool() {}

  static PoolState open(int maxConnections, NanoClock clock, Crew crew) {
    PoolSettings settings =
        new PoolSettings(
            "explored",
            maxConnections,
            maxConnections,
            maxConnections,
            IDLE_TIME,
            Duration.ofHours(1),
            QUEUE,
            MAX_WAIT,
            TrackingLevel.OFF,
            Duration.ofMinutes(1),
            null,
            false);
    PoolState pool = new PoolState(settings, clock, () -> 0.5, crew);
    Thread unused = pool.housekeeper.stop(); // an operation sweeps
    return pool;
  }

  static void checkCalls(Explored explored, Iterable<ExploredCall> calls) {
    calls.forEach(ExploredCall::check);
    explored.expect(explored.pool.ledger.isEmpty(), "ended calls leave the ledger");
  }

  /** What was lent is there again, and serves those who come next. */
  static void checkPermits(Explored explored, PermitGate gate) {
    explored.expect(gate.free() == gate.limit(), "all permits are back");
    if (explored.isOpen()) {
      for (int i = 0; i < gate.limit(); i++) {
        ExploredCall unused = explored.holder(gate);
      }
      for (int i = 0; i < QUEUE; i++) {
        ExploredCall unused = explored.waiter(gate);
      }
    }
  }

  static void checkConnections(Explored explored, ConnectionTable table, ExploredCrew crew) {
    PoolSnapshot last = table.snapshot(List.of(), null, explored.pool.leaks);
    boolean few = last.totals().opened() <= explored.mostOpened();
    explored.expect(few, "no more connections than needed, not " + last.totals().opened());
    explored.expect(last.leased() == 0 && last.connecting() == 0, "all places are back");
    explored.expect(last.waiting() == 0, "nobody is left in the queue");
    explored.expect(last.open() == crew.openSockets(), "who has a place has a socket");
    explored.expect(explored.isOpen() || last.open() == 0, "a closed pool has no connection");
    for (int i = 0; explored.canOpen() && i < last.maxConnections(); i++) {
      ExploredCall unused = explored.holder(table);
    }
  }
}
