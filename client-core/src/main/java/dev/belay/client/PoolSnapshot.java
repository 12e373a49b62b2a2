package dev.belay.client;

import java.util.List;

/**
 * What one pool has open at one instant. Taking it locks the pool for a few microseconds.
 *
 * @param name the pool's name
 * @param maxConnections the cap
 * @param open connections that hold or are about to hold a socket: leased, idle and connecting
 * @param idle connections that wait for their next request
 * @param leased connections that carry a request or an answer which is not closed yet
 * @param waiting calls that wait for a connection
 * @param totals counters since the pool was built
 * @param holders every open client, call and response, oldest first
 */
public record PoolSnapshot(
    String name,
    int maxConnections,
    int open,
    int idle,
    int leased,
    int waiting,
    Totals totals,
    List<Holder> holders) {

  /**
   * Counters since the pool was built.
   *
   * @param opened connections that were opened
   * @param reused calls that were given an idle connection
   * @param evicted idle connections that were closed to make room for another origin, or because
   *     there were more than {@code maxIdle}
   * @param handedOver calls that were given a connection straight from its last user
   * @param stale idle connections that were found closed or spoiled by the server before use
   */
  public record Totals(long opened, long reused, long evicted, long handedOver, long stale) {}
}
