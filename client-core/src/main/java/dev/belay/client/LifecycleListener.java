package dev.belay.client;

/**
 * Told of everything that opens and closes in a pool: the pool, its clients, their scopes, their
 * calls, and the leases of these on connections. Does nothing by default.
 *
 * <p>It has a thread of its own, which starts with the first call, and hears of the events of its
 * pool one at a time and in their order. So one that blocks delays no call and no deadline; it only
 * hears later, and when 65,536 events wait for it, the next ones are dropped and counted. What it
 * throws is logged. It may close clients and pools.
 */
public interface LifecycleListener {
  /**
   * Something was opened. Does nothing by default.
   *
   * @param what of kind {@code pool}, {@code client}, {@code scope}, {@code call} or {@code lease}
   */
  default void opened(Holder what) {}

  /**
   * Something was closed. Does nothing by default.
   *
   * @param what as in {@link #opened}; its age tells how long it had been open
   */
  default void closed(Holder what) {}

  /**
   * The listener was too slow, and events were dropped before the next one that it hears of. Does
   * nothing by default.
   *
   * @param events how many, at least 1
   */
  default void missed(long events) {}
}
