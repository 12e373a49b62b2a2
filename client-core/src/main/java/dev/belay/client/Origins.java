package dev.belay.client;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What a client knows of the origins that it calls, and of no more than so many of them. */
final class Origins {
  /** A client that calls what its own users name would else remember all that they ever named. */
  private static final int MOST = 1_000;

  private final NanoClock clock;
  private final ConcurrentMap<Origin, OriginState> states = new ConcurrentHashMap<>();

  Origins(NanoClock clock) {
    this.clock = clock;
  }

  OriginState of(CallEntry call) {
    Origin origin = call.route.origin();
    OriginState known = states.get(origin);
    return known != null ? known : remember(origin);
  }

  private OriginState remember(Origin origin) {
    if (states.size() >= MOST) {
      long now = clock.nanos();
      states.values().removeIf(state -> state.isForgettable(now));
    }
    Iterator<Origin> any = states.keySet().iterator();
    while (states.size() >= MOST && any.hasNext()) {
      var unused = states.remove(any.next());
    }
    return states.computeIfAbsent(origin, unknown -> new OriginState());
  }
}
