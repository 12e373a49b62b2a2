package dev.belay.client;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connections in the order in which they came, and by route. Guarded by its table's lock. */
final class CarriersByRoute {
  private final LinkedHashSet<Carrier> oldestFirst = new LinkedHashSet<>();
  private final Map<Route, ArrayDeque<Carrier>> byRoute = new HashMap<>();

  void add(Carrier carrier) {
    if (oldestFirst.add(carrier)) {
      byRoute.computeIfAbsent(carrier.route, r -> new ArrayDeque<>()).addLast(carrier);
    }
  }

  @Nullable Carrier newestOf(Route route) {
    ArrayDeque<Carrier> same = byRoute.get(route);
    return same == null ? null : same.getLast();
  }

  @Nullable Carrier oldest() {
    Iterator<Carrier> i = oldestFirst.iterator();
    return i.hasNext() ? i.next() : null;
  }

  @Nullable Carrier oldestOf(Origin origin) {
    for (Carrier carrier : oldestFirst) {
      if (carrier.route.origin().equals(origin)) {
        return carrier;
      }
    }
    return null;
  }

  List<Carrier> all() {
    return List.copyOf(oldestFirst);
  }

  void remove(Carrier carrier) {
    if (oldestFirst.remove(carrier)) {
      ArrayDeque<Carrier> same = byRoute.get(carrier.route);
      if (same != null && same.removeLastOccurrence(carrier) && same.isEmpty()) {
        byRoute.remove(carrier.route);
      }
    }
  }

  int size() {
    return oldestFirst.size();
  }
}
