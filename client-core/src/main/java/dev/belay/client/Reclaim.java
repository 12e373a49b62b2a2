package dev.belay.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Takes back by force what somebody has left open, as its own close would. */
final class Reclaim {
  private Reclaim() {}

  static int all(List<PoolState> pools, Predicate<? super Holder> held) {
    Objects.requireNonNull(held, "held");
    int closed = 0;
    for (PoolState pool : pools) {
      closed += calls(pool, held) + nodes(pool, held);
    }
    return closed;
  }

  private static int calls(PoolState pool, Predicate<? super Holder> held) {
    List<CallEntry> taken =
        pool.ledger.within(pool.node).stream().filter(call -> held.test(call.holder())).toList();
    taken.forEach(call -> Closer.cutAndEnd(call, new Cut.Cancelled("reclaimed")));
    return taken.size();
  }

  private static int nodes(PoolState pool, Predicate<? super Holder> held) {
    List<Node> taken = pool.openNodes().stream().filter(node -> held.test(node.holder())).toList();
    taken.forEach(node -> close(pool, node));
    boolean own = pool.settings.ownedByClient() || pool.node.closing() != null;
    if (own || !held.test(pool.node.holder())) {
      return taken.size();
    }
    close(pool, pool.node);
    return taken.size() + 1;
  }

  private static void close(PoolState pool, Node node) {
    CloseReport unused =
        Closer.close(node, pool, Duration.ZERO, closer -> above(closer, pool, node));
  }

  private static void above(Closer closer, PoolState pool, Node node) {
    if (node == pool.node) {
      closer.closePool();
    } else if (pool.settings.ownedByClient() && !node.isScope()) {
      closer.closeOwnPool();
    }
  }
}
