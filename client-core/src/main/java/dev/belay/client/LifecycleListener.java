package dev.belay.client;

/**
 * Told of everything that opens and closes in a pool: the pool, its clients, their scopes, their
 * calls, and the leases of these on connections; and of what was forgotten. Does nothing by
 * default.
 *
 * <p>It has a thread of its own, a daemon that starts with the first call or close and ends a
 * second after the last event, and hears of the events of its pool one at a time and in their
 * order, which for two threads at the same moment may be either. One that blocks delays no call and
 * no deadline; it only hears later, and when 65,536 events wait for it, the next ones are dropped
 * and counted. A close of the pool lets it hear the rest, and waits for that no longer than 200 ms.
 *
 * <p>What it throws is logged to {@code dev.belay.client.call}. It may close clients and pools. One
 * that is given to several pools is called by as many threads, and nobody closes it.
 */
public interface LifecycleListener {
  /**
   * Something was opened. Does nothing by default.
   *
   * <p>Of a pool, client or scope this is told when the first call or close is. A lease is one
   * attempt's hold on a connection, so a call that is tried again has several.
   *
   * @param what of kind {@code pool}, {@code client}, {@code scope}, {@code call} or {@code lease};
   *     its age is about zero
   */
  default void opened(Holder what) {}

  /**
   * Something was closed. Does nothing by default.
   *
   * @param what of the same kind as in {@link #opened}; its age tells how long it had been open
   */
  default void closed(Holder what) {}

  /**
   * The garbage collector found that nobody can reach something any more which nobody closed. Does
   * nothing by default.
   *
   * <p>It is told when it is noticed, which is within a second of the collection as long as
   * anything of the pool is open, and later else: when the next pool or client is built. A {@link
   * #closed} follows when what was forgotten has been closed for its owner: a response at once, the
   * others when no call and no response of them is open.
   *
   * @param what of kind {@code response}, {@code scope}, {@code client} or {@code pool}; with the
   *     line that opened it as far as the {@link TrackingLevel} takes it
   */
  default void forgotten(Holder what) {}

  /**
   * The listener was too slow, and events were dropped before the next one that it hears of. Does
   * nothing by default.
   *
   * @param events how many, at least 1
   */
  default void missed(long events) {}
}
