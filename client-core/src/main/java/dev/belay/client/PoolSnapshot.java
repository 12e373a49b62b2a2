package dev.belay.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one pool has open at one instant. Taking it locks the pool for a few microseconds.
 *
 * @param name the pool's name
 * @param maxConnections the cap
 * @param open connections that hold or are about to hold a socket: leased, idle and connecting
 * @param idle connections that wait for their next request
 * @param connecting connections that are not made yet
 * @param leased connections that carry a request or an answer which is not closed yet
 * @param waiting calls that wait for a connection
 * @param oldestLease the connection that has been held for longest, or null when none is held
 * @param totals counters since the pool was built
 * @param holders every open client, call and response, oldest first
 */
public record PoolSnapshot(
    String name,
    int maxConnections,
    int open,
    int idle,
    int connecting,
    int leased,
    int waiting,
    @Nullable Holder oldestLease,
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
   * @param leaked connections that were held for longer than the leak threshold, or until they had
   *     to be taken back
   * @param reclaimed responses that nobody had closed when their deadline or a close took them back
   */
  public record Totals(
      long opened,
      long reused,
      long evicted,
      long handedOver,
      long stale,
      long leaked,
      long reclaimed) {}

  /** The name and the numbers of this instant in one line. */
  String numbers() {
    return "'"
        + name
        + "': "
        + open
        + " of "
        + maxConnections
        + " connections open, "
        + idle
        + " idle, "
        + connecting
        + " connecting, "
        + leased
        + " leased, "
        + waiting
        + " calls waiting";
  }
}
