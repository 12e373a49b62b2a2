package dev.belay.testkit;

import dev.belay.client.BoundedPool;
import dev.belay.client.Holder;
import dev.belay.client.PoolSnapshot;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The open pools of Belay in this JVM, in words and numbers, so that nobody else has to know it.
 */
final class BelayPools {
  private final List<PoolSnapshot> pools;

  private BelayPools(List<PoolSnapshot> pools) {
    this.pools = pools;
  }

  static BelayPools all() {
    return new BelayPools(BoundedPool.openPools());
  }

  static BelayPools named(String name) {
    return new BelayPools(all().pools.stream().filter(pool -> pool.name().equals(name)).toList());
  }

  /** What is open to a port of this machine, one line each. */
  static List<String> holdersOf(int port) {
    return all().holders().filter(holder -> isTo(holder, port)).map(Holder::toString).toList();
  }

  private static boolean isTo(Holder holder, int port) {
    return (holder.what() + "/").contains(":" + port + "/");
  }

  private Stream<Holder> holders() {
    return pools.stream().flatMap(pool -> pool.holders().stream());
  }

  private long sum(ToLongFunction<PoolSnapshot> number) {
    return pools.stream().mapToLong(number).sum();
  }

  boolean isEmpty() {
    return pools.isEmpty();
  }

  long open() {
    return sum(PoolSnapshot::open);
  }

  long waiting() {
    return sum(PoolSnapshot::waiting);
  }

  long opened() {
    return sum(pool -> pool.totals().opened());
  }

  /** From idleness or straight from their last users. */
  long reused() {
    return sum(pool -> pool.totals().reused() + pool.totals().handedOver());
  }

  long unreadBodies() {
    return holders().filter(holder -> holder.kind().equals("response")).count();
  }

  long callsIn(String phase) {
    return holders()
        .filter(holder -> holder.phase() != null && holder.phase().name().equals(phase))
        .count();
  }

  /** The numbers of each, and below them who holds what. */
  List<String> lines() {
    return pools.stream().flatMap(BelayPools::lines).toList();
  }

  private static Stream<String> lines(PoolSnapshot pool) {
    String numbers =
        "pool '%s': %d of %d connections open, %d idle, %d leased, %d waiting, opened %d, reused %d"
            .formatted(
                pool.name(),
                pool.open(),
                pool.maxConnections(),
                pool.idle(),
                pool.leased(),
                pool.waiting(),
                pool.totals().opened(),
                pool.totals().reused() + pool.totals().handedOver());
    return Stream.concat(Stream.of(numbers), pool.holders().stream().map(holder -> "  " + holder));
  }
}
