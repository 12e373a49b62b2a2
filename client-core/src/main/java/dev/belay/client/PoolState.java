package dev.belay.client;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;

/** What is behind a pool. Our threads know this and never the pool that the user holds. */
final class PoolState {
  /** How many threads take asynchronous calls from gate to gate, where nothing blocks. */
  private static final int WORKERS = 2;

  /** How many threads there may be beyond the cap when users' code holds up all the others. */
  private static final int SPARE = 16;

  /** Every pool of this JVM that may be open, weakly: being listed keeps none alive. */
  private static final ConcurrentLinkedQueue<WeakReference<PoolState>> ALL =
      new ConcurrentLinkedQueue<>();

  final PoolSettings settings;
  final NanoClock clock;
  final DoubleSupplier random;
  final Node node;
  final Ledger ledger = new Ledger();
  final Workers workers;
  final Workers callbacks;
  final Transport transport;
  final ConnectionTable connections;
  final Housekeeper housekeeper;

  /** The open clients; each is added by its builder and removed by its close. */
  private final Set<Node> clients = ConcurrentHashMap.newKeySet();

  PoolState(PoolSettings settings, NanoClock clock, DoubleSupplier random) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    node = new Node("pool", settings.name(), null, clock, settings.tracking());
    int cap = settings.maxConnections();
    workers = new Workers("belay-worker " + settings.name(), WORKERS);
    callbacks = new Workers("belay-callback " + settings.name(), cap + SPARE);
    transport = new Transport(callbacks, cap + SPARE);
    connections = new ConnectionTable(settings, clock, random, transport, this::watch);
    housekeeper = new Housekeeper(settings.name(), clock, ledger, connections);
    ALL.add(new WeakReference<>(this));
  }

  /** Sees to it that somebody looks at the clock then. */
  void watch(long at) {
    housekeeper.watch(at);
  }

  Node addClient(String name) {
    Node client = new Node("client", name, node, clock, settings.tracking());
    clients.add(client);
    return client;
  }

  void removeClient(Node client) {
    clients.remove(client);
  }

  PoolSnapshot snapshot() {
    List<Holder> holders = new ArrayList<>();
    if (node.closing() == null && !settings.ownedByClient()) {
      holders.add(node.holder());
    }
    clients.forEach(client -> holders.add(client.holder()));
    holders.addAll(ledger.holders());
    holders.sort(Comparator.comparing(Holder::age).reversed());
    return connections.snapshot(settings.name(), List.copyOf(holders));
  }

  /** A closed pool leaves the list; one that is still closing with calls in it stays. */
  void forget() {
    ALL.removeIf(ref -> ref.get() == null || ref.get() == this);
  }

  static List<PoolSnapshot> snapshots() {
    return ALL.stream()
        .map(WeakReference::get)
        .filter(Objects::nonNull)
        .map(PoolState::snapshot)
        .toList();
  }
}
