package dev.belay.client;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lets one connection at a time be opened to where HTTP/2 may be spoken: those who wait for it will
 * probably share it. Guarded by its table's lock.
 */
final class FirstConnections {
  private static final int MOST = 1_000;

  private final Map<Route, Carrier> opening = new HashMap<>();

  /**
   * Where HTTP/1.1 was spoken, or no connection came about: it helps nobody to wait for the first
   * one there. The longest known are first.
   */
  private final Set<Origin> unshared = new LinkedHashSet<>();

  boolean mayOpen(Route route) {
    return !route.mayMultiplex()
        || unshared.contains(route.origin())
        || !opening.containsKey(route);
  }

  void opens(Carrier carrier) {
    if (carrier.route.mayMultiplex()) {
      Carrier unused = opening.putIfAbsent(carrier.route, carrier);
    }
  }

  void connected(Carrier carrier) {
    boolean unused = opening.remove(carrier.route, carrier);
    if (carrier.isMultiplexed()) {
      unused = unshared.remove(carrier.route.origin());
    } else {
      addUnshared(carrier.route.origin());
    }
  }

  /** It is closed, and may never have been connected. */
  void closed(Carrier carrier) {
    if (opening.remove(carrier.route, carrier)) {
      addUnshared(carrier.route.origin());
    }
  }

  private void addUnshared(Origin origin) {
    if (unshared.add(origin) && unshared.size() > MOST) {
      Origin longestKnown = unshared.iterator().next();
      boolean unused = unshared.remove(longestKnown);
    }
  }
}
