package dev.belay.client;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The places under the cap, and under the limit of each origin. Guarded by their table's lock. */
final class Places {
  private final int most;
  private final int mostOfOrigin;
  private final Set<Carrier> taken = new HashSet<>();
  private final Map<Origin, Integer> byOrigin = new HashMap<>();

  Places(int most, int mostOfOrigin) {
    this.most = most;
    this.mostOfOrigin = mostOfOrigin;
  }

  void take(Carrier carrier) {
    if (taken.add(carrier)) {
      byOrigin.merge(carrier.route.origin(), 1, Integer::sum);
    }
  }

  void free(Carrier carrier) {
    if (taken.remove(carrier)) {
      byOrigin.computeIfPresent(carrier.route.origin(), (o, n) -> n == 1 ? null : n - 1);
    }
  }

  List<PoolSnapshot.Ports> ports() {
    return taken.stream().map(Carrier::ports).filter(ports -> ports.local() > 0).toList();
  }

  List<Carrier> freeAll() {
    List<Carrier> all = List.copyOf(taken);
    taken.clear();
    byOrigin.clear();
    return all;
  }

  boolean has(Carrier carrier) {
    return taken.contains(carrier);
  }

  boolean isFull() {
    return taken.size() >= most;
  }

  boolean isFullFor(Origin origin) {
    return mostOfOrigin < most && of(origin) >= mostOfOrigin;
  }

  /** How many lead to this origin. */
  int of(Origin origin) {
    return byOrigin.getOrDefault(origin, 0);
  }

  int size() {
    return taken.size();
  }

  int connecting() {
    return (int) taken.stream().filter(carrier -> !carrier.isConnected()).count();
  }
}
