package dev.belay.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one pool has open at one instant. Taking it locks the pool for a few microseconds.
 *
 * <p>The numbers are of one instant; {@code holders} and {@code oldestLease} are collected just
 * before it, so they may name what has ended meanwhile. It is data: nothing in it has to be closed,
 * it keeps nothing open, and any thread may read it.
 *
 * @param name the pool's name
 * @param maxConnections the cap
 * @param open connections that hold or are about to hold a socket: the sum of {@code idle}, {@code
 *     connecting} and {@code leased}, never more than {@code maxConnections}
 * @param idle connections that wait for their next request
 * @param connecting connections that are not made yet: their host is looked up, or they are in the
 *     TCP or TLS handshake
 * @param leased connections that carry a request, or an answer which is not closed yet
 * @param waiting calls of all clients that wait for a connection
 * @param ports of open connections, by which the kernel and a server know them
 * @param oldestLease the hold on a connection that has lasted longest, or null when none is held
 * @param totals counters since the pool was built
 * @param holders every open pool, client, scope, call and response, oldest first; a private pool is
 *     not listed beside its client
 */
public record PoolSnapshot(
    String name,
    int maxConnections,
    int open,
    int idle,
    int connecting,
    int leased,
    int waiting,
    List<Ports> ports,
    @Nullable Holder oldestLease,
    Totals totals,
    List<Holder> holders) {

  /**
   * The ports of one connection. One alone does not name it: the kernel may use a local port for
   * several connections, if they lead to different servers.
   *
   * @param local the port on this machine
   * @param remote the port of the server, or of the proxy
   */
  public record Ports(int local, int remote) {}

  /**
   * Counters since the pool was built. They only grow.
   *
   * @param opened connections that were opened, those whose connecting failed included
   * @param reused calls that were given an idle connection
   * @param evicted idle connections that were closed to make room for a call that could not use
   *     them, to another origin or of a client with other settings, or because there were more than
   *     {@code maxIdle}
   * @param handedOver calls that were given a connection straight from its last user
   * @param stale idle connections that were not used again when a call had got them: the server had
   *     closed them or sent what nobody asked for, or the idle time that it announced in {@code
   *     Keep-Alive: timeout} (RFC 2068 section 19.7.1.1) was over
   * @param leaked holds on a connection that lasted longer than the {@linkplain
   *     BoundedPoolBuilder#leakThreshold leak threshold}, or ended by being reclaimed; each counts
   *     once, also when it came back later. And clients and scopes that became unreachable before
   *     anybody closed them
   * @param reclaimed responses that nobody had closed when their deadline or a close took them
   *     back, or when nobody could reach them any more; and of the clients and scopes in {@code
   *     leaked} those that have been closed for their owners
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
