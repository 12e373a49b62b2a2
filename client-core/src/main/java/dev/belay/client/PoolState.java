package dev.belay.client;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What is behind a pool. Our threads know this and never the pool that the user holds. */
final class PoolState {
  /** Every pool of this JVM that may be open, weakly: being listed keeps none alive. */
  private static final ConcurrentLinkedQueue<WeakReference<PoolState>> ALL =
      new ConcurrentLinkedQueue<>();

  /** How those know this pool and its listener that must not keep them alive. */
  final WeakReference<PoolState> self = new WeakReference<>(this);

  final WeakReference<@Nullable LifecycleListener> listener;

  final PoolSettings settings;
  final NanoClock clock;
  final DoubleSupplier random;
  final Node node;
  final Ledger ledger = new Ledger();
  final Leaks leaks;
  final Lifecycle lifecycle;
  final Workers workers;
  final Workers callbacks;
  final Crew crew;
  final ConnectionTable connections;
  final Housekeeper housekeeper;

  /** How many open calls were made in the code of others; counted by their starts and ends. */
  final AtomicInteger nested = new AtomicInteger();

  /** The futures of calls in scopes, until they are done; kept by their drives. */
  final Set<FutureDrive<?>> scoped = ConcurrentHashMap.newKeySet();

  /** The open clients and scopes; each is added when it is made and removed by its close. */
  private final Set<Node> nodes = ConcurrentHashMap.newKeySet();

  PoolState(PoolSettings settings, NanoClock clock, DoubleSupplier random) {
    this(settings, clock, random, new Transport(settings));
  }

  PoolState(PoolSettings settings, NanoClock clock, DoubleSupplier random, Crew crew) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    node = new Node("pool", settings.name(), null, clock, settings.tracking());
    this.crew = crew;
    workers = crew.workers();
    callbacks = crew.callbacks();
    leaks = new Leaks(settings.leakThreshold(), settings.tracking(), callbacks);
    listener = new WeakReference<>(settings.listener());
    lifecycle = new Lifecycle(settings.listener(), settings.name());
    connections = new ConnectionTable(settings, clock, random, crew, this::watch);
    housekeeper = new Housekeeper(settings.name(), clock, ledger, connections, crew);
    ALL.add(self);
    lifecycle.built(node::holder);
  }

  /** Sees to it that somebody looks at the clock then. */
  void watch(long at) {
    housekeeper.watch(at);
  }

  /** What whoever moves the clock runs; it may outlive the pool, and must not keep it. */
  Runnable lookAround() {
    WeakReference<PoolState> pool = self;
    return () -> {
      PoolState there = pool.get();
      if (there != null) {
        there.housekeeper.lookNow();
      }
    };
  }

  /** First into the ledger, where a close sees it. */
  void add(CallEntry call) {
    ledger.add(call);
    if (call.outer != null) {
      nested.incrementAndGet();
    }
    lifecycle.opened(call::holder);
  }

  /**
   * First into the list, then the look whether it is open: a close sees the node, or it the close.
   */
  Node open(String kind, String name, Node parent) {
    Node opened = new Node(kind, name, parent, clock, settings.tracking());
    nodes.add(opened);
    lifecycle.built(opened::holder);
    if (opened.closing() != null) {
      forget(opened);
    }
    return opened;
  }

  /** A closed node leaves the list, and what is below it with it. */
  void forget(Node closed) {
    if (closed.hasBranched()) {
      nodes.stream().filter(node -> node.isWithin(closed)).forEach(this::forgetOne);
    }
    forgetOne(closed);
  }

  private void forgetOne(Node closed) {
    if (nodes.remove(closed)) {
      Forgotten.closed(closed);
      lifecycle.closed(closed::holder);
    }
  }

  /** Waits for the calls of a scope. */
  void joinAll(Node scope) throws InterruptedException {
    ledger.joinAll(call -> call.node.isWithin(scope));
    joinFutures(scope, () -> Long.MAX_VALUE);
  }

  /** Futures are done a moment after their calls have left the ledger. */
  void joinFutures(Node scope, LongSupplier nanosLeft) throws InterruptedException {
    for (FutureDrive<?> drive : scoped) {
      if (drive.isAwaitedBy(scope)) {
        drive.join(nanosLeft.getAsLong());
      }
    }
  }

  List<Node> openNodes() {
    return List.copyOf(nodes);
  }

  PoolSnapshot snapshot() {
    List<Holder> holders = new ArrayList<>();
    if (node.closing() == null && !settings.ownedByClient()) {
      holders.add(node.holder());
    }
    nodes.forEach(open -> holders.add(open.holder()));
    holders.addAll(ledger.holders());
    holders.sort(Comparator.comparing(Holder::age).reversed());
    return connections.snapshot(List.copyOf(holders), ledger.oldestLease(), leaks);
  }

  /** The last of a close: the pool leaves the list of those that are open. */
  void forget() {
    Forgotten.closed(node);
    lifecycle.closed(node::holder);
    ALL.removeIf(ref -> ref.get() == null || ref.get() == this);
  }

  static List<PoolSnapshot> snapshots() {
    Forgotten.look(Runnable::run);
    return all().stream().map(PoolState::snapshot).toList();
  }

  static List<PoolState> all() {
    return ALL.stream().map(WeakReference::get).filter(Objects::nonNull).toList();
  }
}
