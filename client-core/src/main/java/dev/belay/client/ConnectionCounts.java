package dev.belay.client;

/** What a table has done since it was made. Guarded by its lock. */
final class ConnectionCounts {
  long opened;
  long reused;
  long evicted;
  long handedOver;
  long stale;

  PoolSnapshot.Totals totals(Leaks leaks) {
    return new PoolSnapshot.Totals(
        opened, reused, evicted, handedOver, stale, leaks.leaked(), leaks.reclaimed());
  }
}
