package dev.belay.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one client that wait for a connection, in order for each route. Guarded by its
 * table's lock.
 */
final class ClientQueue {
  private final Map<Route, TreeMap<Long, Lease>> byRoute = new HashMap<>();

  /** The first of each route, in their order: to find who is next nobody is looked at twice. */
  private final TreeMap<Long, Lease> heads = new TreeMap<>();

  /** The turns of those who were served before somebody who has waited longer and still does. */
  private final TreeSet<Long> overtakers = new TreeSet<>();

  private int size;

  void add(Lease lease) {
    TreeMap<Long, Lease> same = byRoute.computeIfAbsent(lease.route, r -> new TreeMap<>());
    if (!same.isEmpty() && lease.turn < same.firstKey()) {
      heads.remove(same.firstKey());
    }
    same.put(lease.turn, lease);
    heads.put(same.firstKey(), same.firstEntry().getValue());
    size++;
  }

  /** False when it did not wait here any more. */
  boolean remove(Lease lease) {
    TreeMap<Long, Lease> same = byRoute.get(lease.route);
    if (same == null || !same.remove(lease.turn, lease)) {
      return false;
    }
    size--;
    if (heads.remove(lease.turn) != null && !same.isEmpty()) {
      heads.put(same.firstKey(), same.firstEntry().getValue());
    }
    if (same.isEmpty()) {
      byRoute.remove(lease.route);
    }
    return true;
  }

  @Nullable Lease first(Predicate<Lease> canBeServed) {
    for (Lease head : heads.values()) {
      if (canBeServed.test(head)) {
        return head;
      }
    }
    return null;
  }

  @Nullable Lease firstOf(Route route) {
    TreeMap<Long, Lease> same = byRoute.get(route);
    return same == null ? null : Objects.requireNonNull(same.firstEntry()).getValue();
  }

  /** How many came later than this one and were served before it. */
  int overtakersOf(Lease due) {
    return overtakers.tailSet(due.turn).size();
  }

  /** Those before the one who is due now overtook nobody who still waits. */
  void overtake(Lease due, Lease overtaker) {
    overtakers.headSet(due.turn).clear();
    overtakers.add(overtaker.turn);
  }

  int size() {
    return size;
  }
}
