package dev.belay.client;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * A pool without sockets, and calls, in the hands of a model checker: the operations of a subclass
 * run once each, at the same time, and every interleaving gets an instance of its own.
 *
 * <p>Public, like the subclasses and their operations, because generated code calls them.
 */
public abstract class Explored {
  static final Request HERE = new Request.Builder().url("http://here.test/").build();
  static final Request THERE = new Request.Builder().url("http://there.test/").build();
  static final Duration MINUTE = Duration.ofMinutes(1);

  /** What is spoken on the connections. */
  final Protocol protocol;

  final PoolState pool;
  final ExploredCrew crew;
  private final Map<Object, Integer> users = new ConcurrentHashMap<>();
  private final Queue<String> broken = new ConcurrentLinkedQueue<>();
  private final Queue<ExploredCall> calls = new ConcurrentLinkedQueue<>();
  private final Queue<PermitGate> gates = new ConcurrentLinkedQueue<>();

  /** The clock of the pool; moved by one operation at most. */
  private volatile long now;

  Explored(int maxConnections) {
    this(maxConnections, Protocol.HTTP_1_1);
  }

  Explored(int maxConnections, Protocol protocol) {
    this.protocol = protocol;
    crew = new ExploredCrew(this, maxConnections);
    pool = ExploredPool.open(maxConnections, () -> now, crew);
  }

  // What scenarios are made of.

  PermitGate permits(int limit) {
    PermitGate gate =
        new PermitGate(Phase.BULKHEAD, limit, ExploredPool.QUEUE, ExploredPool.MAX_WAIT);
    gates.add(gate);
    return gate;
  }

  /** One that begins in an operation. */
  ExploredCall call(Gate... way) {
    return call(HERE, MINUTE, way);
  }

  ExploredCall call(Request request, Duration deadline, Gate... way) {
    ExploredCall call = new ExploredCall(this, request, deadline, way);
    calls.add(call);
    return call;
  }

  /** One that has its place already when the operations begin. */
  ExploredCall holder(Gate... way) {
    return holder(MINUTE, way);
  }

  ExploredCall holder(Duration deadline, Gate... way) {
    ExploredCall call = call(HERE, deadline, way);
    crew.alone(call::arrive);
    return call;
  }

  /** One that waits already when the operations begin. */
  ExploredCall waiter(Gate... way) {
    ExploredCall call = call(way);
    crew.alone(call::queue);
    return call;
  }

  /** What the housekeeper does, so long after everything began. */
  void sweepAt(Duration time) {
    now = time.toNanos();
    long unused = pool.housekeeper.sweep(now);
  }

  void close() {
    CloseReport unused = Closer.close(pool.node, pool, Duration.ZERO, Closer::closePool);
  }

  boolean isOpen() {
    return pool.node.closing() == null;
  }

  /** What may fail a call that nobody cut. */
  boolean explains(CallFailedException failure) {
    return failure instanceof LimitReachedException
        ? now >= ExploredPool.MAX_WAIT.toNanos()
        : failure instanceof ConnectFailedException && crew.findsNoAddress();
  }

  // What must hold.

  void expect(boolean kept, String promise) {
    if (!kept) {
      broken.add(promise);
    }
  }

  void enter(Object place, int limit) {
    expect(users.merge(place, 1, Integer::sum) <= limit, "no more users than places");
  }

  void leave(Object place) {
    Integer unused = users.merge(place, -1, Integer::sum);
  }

  /** Whether somebody who comes now can have a connection. */
  boolean canOpen() {
    return isOpen() && !crew.findsNoAddress();
  }

  /** How many connections may have been opened in all. */
  int mostOpened() {
    return Integer.MAX_VALUE;
  }

  /** When all have finished. Whoever waits for ever has been reported before. */
  @Validate
  public void everything_is_back() {
    ExploredPool.checkCalls(this, calls);
    gates.forEach(gate -> ExploredPool.checkPermits(this, gate));
    ExploredPool.checkConnections(this, pool.connections, crew);
    if (!broken.isEmpty()) {
      throw new AssertionError(String.join("; ", broken));
    }
  }
}
