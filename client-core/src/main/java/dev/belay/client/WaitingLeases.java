package dev.belay.client;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a connection, in order, and in order for each route. Guarded by its table's lock.
 */
final class WaitingLeases {
  private final TreeMap<Long, Lease> all = new TreeMap<>();
  private final Map<Route, TreeMap<Long, Lease>> byRoute = new HashMap<>();
  private long next;
  private long front;

  void addLast(Lease lease) {
    add(lease, next++);
  }

  /** For a call that had its turn, and was given a connection that the server had closed. */
  void addFirst(Lease lease) {
    add(lease, --front);
  }

  private void add(Lease lease, long place) {
    lease.place = place;
    all.put(place, lease);
    byRoute.computeIfAbsent(lease.route, r -> new TreeMap<>()).put(place, lease);
  }

  void remove(Lease lease) {
    if (all.remove(lease.place, lease)) {
      TreeMap<Long, Lease> same = byRoute.get(lease.route);
      if (same != null && same.remove(lease.place, lease) && same.isEmpty()) {
        byRoute.remove(lease.route);
      }
    }
  }

  @Nullable Lease first() {
    return all.isEmpty() ? null : all.firstEntry().getValue();
  }

  @Nullable Lease firstOf(Route route) {
    TreeMap<Long, Lease> same = byRoute.get(route);
    return same == null ? null : same.firstEntry().getValue();
  }

  int size() {
    return all.size();
  }
}
