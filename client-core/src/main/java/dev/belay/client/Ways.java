package dev.belay.client;

import java.util.ArrayList;
import java.util.List;

/** The ways that the requests of one client go: that of a call, and that of a stream. */
record Ways(Way calls, Way streams) {
  /**
   * All the layers, top to bottom. One that is switched off is not there. The pause of an origin,
   * which is no gate because it is looked at again after each wait, is {@link Way}'s.
   */
  static Ways of(ClientSettings settings, PoolState pool) {
    ClientSettings.Limits limits = settings.limits();
    Way.Shared shared = Way.Shared.of(settings, pool);

    List<Gate> calls = new ArrayList<>();
    List<Gate> streams = new ArrayList<>();
    calls.add(admission(limits.maxCallsInFlight(), limits));
    streams.add(admission(limits.maxStreams(), limits));

    // From here on all is given back before a back-off. Way asks for the pause of the origin first.
    List<Gate> attempt = new ArrayList<>();
    if (!settings.rate().isNone()) {
      attempt.add(new RateGate(settings.rate(), limits.maxQueue(), pool.clock));
    }
    if (!settings.breaker().isNone()) {
      attempt.add(
          new BreakerGate(settings.name(), settings.breaker(), shared.origins(), pool.clock));
    }
    if (shared.authentication() != null) {
      attempt.add(shared.authentication());
    }
    calls.addAll(attempt);
    streams.addAll(attempt);
    if (limits.maxConcurrentAttempts() > 0) {
      calls.add(bulkhead(limits, pool));
    }
    calls.add(pool.connections); // last, so that nobody waits while he holds a connection
    streams.add(pool.connections);
    return new Ways(new Way(calls, shared), new Way(streams, shared));
  }

  private static Gate admission(int permits, ClientSettings.Limits limits) {
    return new PermitGate(Phase.ADMISSION, permits, limits.maxQueue(), null);
  }

  private static Gate bulkhead(ClientSettings.Limits limits, PoolState pool) {
    return new PermitGate(
        Phase.BULKHEAD, limits.maxConcurrentAttempts(), limits.maxQueue(), pool.settings.maxWait());
  }
}
