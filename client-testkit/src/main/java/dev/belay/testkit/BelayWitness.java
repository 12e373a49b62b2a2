package dev.belay.testkit;

import dev.belay.client.BoundedPool;
import dev.belay.client.Holder;
import dev.belay.client.PoolSnapshot;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Asks the ledgers of Belay. The one class here that knows Belay; loaded only where it is. */
final class BelayWitness implements LedgerWitness {
  private final Closeable tracking = BoundedPool.trackEverything();

  /** The stacks of what was open before; one object each, so identity tells them apart. */
  private final Set<Throwable> before = Collections.newSetFromMap(new IdentityHashMap<>());

  BelayWitness(Predicate<Holding> early) {
    holdings().stream().filter(early.negate()).forEach(h -> before.add(h.openedAt()));
  }

  @Override
  public List<Holding> opened() {
    return holdings().stream().filter(h -> !before.contains(h.openedAt())).toList();
  }

  @Override
  public Set<Holding.Ports> ports() {
    return BoundedPool.openPools().stream()
        .flatMap(pool -> portsOf(pool).stream())
        .collect(Collectors.toSet());
  }

  private static List<Holding.Ports> portsOf(PoolSnapshot pool) {
    return pool.ports().stream()
        .map(ports -> new Holding.Ports(ports.local(), ports.remote()))
        .toList();
  }

  @Override
  public void reclaim(Collection<Holding> leaks) {
    Set<Throwable> places = Collections.newSetFromMap(new IdentityHashMap<>());
    leaks.forEach(leak -> places.add(leak.openedAt()));
    int unused = BoundedPool.reclaim(h -> h.openedAt() != null && places.contains(h.openedAt()));
  }

  @Override
  @SuppressWarnings("MustBeClosed") // it is to be found open
  public Object leakOnPurpose() {
    return BoundedPool.builder().name("canary").build();
  }

  @Override
  public void end() {
    try {
      tracking.close();
    } catch (IOException e) {
      throw new AssertionError("tracking does not fail to end", e);
    }
  }

  private static List<Holding> holdings() {
    List<Holding> all = new ArrayList<>();
    for (PoolSnapshot pool : BoundedPool.openPools()) {
      pool.holders().forEach(holder -> add(all, holder, pool));
    }
    return all;
  }

  private static void add(List<Holding> all, Holder holder, PoolSnapshot pool) {
    Throwable place = holder.openedAt();
    if (place != null) {
      all.add(
          new Holding(
              place,
              holder.kind(),
              holder.toString(),
              holder.what(),
              holder.place(),
              holder.thread(),
              holder.age(),
              holder.localPort(),
              portsOf(pool)));
    }
  }
}
