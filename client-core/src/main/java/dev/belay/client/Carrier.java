package dev.belay.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One connection, owned exactly: an OkHttp call parked in its first interceptor, whose chain
 * carries one request after another on the threads of their callers. On HTTP/2 more calls of the
 * same OkHttp client run beside it.
 *
 * <p>OkHttp keeps the connection allocated to the parked call, so its own pool never has an idle
 * one to give away, to close late, or to confuse with a leaked one.
 */
final class Carrier {
  /**
   * From this idle time on a request that must not be sent twice first looks for an early close.
   */
  static final long QUIET_NANOS = Duration.ofMillis(100).toNanos();

  /** The same for any other request: a look costs a millisecond, a close an attempt. */
  private static final long LONG_QUIET_NANOS = Duration.ofSeconds(1).toNanos();

  final Route route;
  private final Crew crew;
  private final ConnectionTable table;
  private final Host host;

  /** Null, then the socket (a next one while addresses are tried), then {@link #NONE} for ever. */
  private final AtomicReference<@Nullable TrackedSocket> socket = new AtomicReference<>();

  private static final TrackedSocket NONE = new TrackedSocket();

  private final ReentrantLock closing = new ReentrantLock();

  /** Written by the host before it hands over through the table's lock. */
  private volatile Interceptor.@Nullable Chain chain;

  /** Written with {@link #chain}: makes the calls beside the parked one, on HTTP/2. */
  private volatile @Nullable OkHttpClient client;

  /** The parked call. */
  final Passage parked = new Passage();

  /** Guarded by the table's lock. */
  final Streams streams = new Streams(parked);

  /** Moved to true once, by whoever kills it; nothing is ever sent afterwards. */
  private volatile boolean dead;

  /** Written by the thread of the exchange when a connection is made; one connection, no second. */
  private volatile boolean connected;

  /** Written with {@link #connected}. */
  private volatile boolean multiplexed;

  /** Written like {@link #connected}; shown to the listeners of each call that it carries. */
  private volatile @Nullable Connection connection;

  /**
   * Written by the thread of an exchange of the parked call; read by the host, which it wakes
   * afterwards.
   */
  private volatile boolean proceeding;

  /** Guarded by the table's lock. */
  long idleSince;

  final KeepAlive keepAlive = new KeepAlive();
  private final Inquiry inquiry = new Inquiry();

  /** The call that it is opened for, until it has it; only the host's thread touches it. */
  private @Nullable Lease opener;

  /** When it is too old to be used again, by the clock of the pool. */
  final long retireAt;

  Carrier(Lease opener, long retireAt, Crew crew, ConnectionTable table) {
    this.opener = opener;
    this.retireAt = retireAt;
    route = opener.route;
    this.crew = crew;
    this.table = table;
    host = new Host(crew.callbacks());
  }

  Host host() {
    return host;
  }

  // Whoever starts it, then the thread of its host.

  /** On failure the call that waits is told; whoever else is to be served or woken still is. */
  void start() {
    try {
      crew.start(this);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  void live(Transport transport) {
    try {
      prepare(transport).execute().close();
      kill();
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
    }
  }

  void failed(Throwable e) {
    kill();
    Lease waiter = opener;
    if (waiter != null) {
      table.cannotOpen(this, waiter, e);
    }
  }

  /** Waits for proxy and addresses, until they are known or nobody wants the connection. */
  private Call prepare(Transport transport) throws IOException {
    OkHttpClient own = transport.newClient(this, Target.of(route, inquiry, crew.resolver()));
    Request any = new Request.Builder().url(route.origin().url()).build();
    Call prepared = own.newCall(parked.tagged(any));
    client = own;
    parked.madeBy(prepared);
    return prepared;
  }

  /** Hands the chain to the table and stays until the connection is dead. */
  void park(Interceptor.Chain ready) {
    handOver(ready);
    host.serveUntil(() -> dead && !proceeding);
    parked.leaveBodyBehind();
  }

  /** Apart from the parking, whose frame would keep the first call alive as long as it lasts. */
  void handOver(Interceptor.Chain ready) {
    chain = ready;
    Lease waiter = opener;
    opener = null;
    if (!dead && waiter != null) {
      table.ready(this, waiter);
    }
  }

  // The thread of an exchange.

  Response proceed(Exchange begun) throws IOException {
    begun.passage.begins(begun);
    return begun.passage == parked ? proceedThrough(begun) : proceedBeside(begun);
  }

  /** By a call of its own, which finds the connection in OkHttp's pool and can make no other. */
  private Response proceedBeside(Exchange begun) throws IOException {
    OkHttpClient own = client;
    if (own == null) {
      throw new IllegalStateException("not ready");
    }
    Call beside = own.newCall(begun.passage.tagged(begun.request));
    begun.passage.madeBy(beside);
    if (dead) {
      throw begun.failedBelow(new SocketGate.NoPlaceException("the connection is over"));
    }
    return beside.execute();
  }

  /**
   * The parked call stays until this is over: without it OkHttp would not clean up behind a failed
   * exchange. The look comes after the mark, so either this sees the end or the host this.
   */
  private Response proceedThrough(Exchange begun) throws IOException {
    Interceptor.Chain ready = chain;
    if (ready == null) {
      throw new IllegalStateException("not ready");
    }
    proceeding = true;
    try {
      if (dead) {
        throw begun.failedBelow(new SocketGate.NoPlaceException("the connection is over"));
      }
      return begun.timed(ready).proceed(begun.request);
    } finally {
      proceeding = false;
      if (dead) {
        host.wake();
      }
    }
  }

  /** Whether a call can be sent without running into a close that the server has already made. */
  boolean isFresh(boolean idempotent, long now) {
    TrackedSocket current = socket.get();
    if (dead || current == null || current.isShut()) {
      return false;
    }
    if (multiplexed) {
      return true; // its bytes belong to OkHttp's reader, which sees an end by itself
    }
    if (keepAlive.isOver(now) || current.hasUnaskedBytes()) {
      return false;
    }
    long unseen = idempotent ? LONG_QUIET_NANOS : QUIET_NANOS;
    return keepAlive.silence(now) < unseen || current.isQuiet();
  }

  /** Lets OkHttp have a socket: several one after another while it connects, then none. */
  boolean admits(TrackedSocket next) {
    TrackedSocket last = socket.get();
    boolean free = last == null || (last != NONE && last.isShut() && !connected);
    return free && socket.compareAndSet(last, next);
  }

  void connected(Connection made) {
    connection = made;
    connected(made.protocol());
  }

  /** Those who wait for it are told once; each call beside the parked one acquires it again. */
  void connected(Protocol protocol) {
    if (connected) {
      return;
    }
    multiplexed = protocol == Protocol.HTTP_2 || protocol == Protocol.H2_PRIOR_KNOWLEDGE;
    connected = true;
    if (route.mayMultiplex()) {
      table.connected(this);
    }
  }

  @Nullable Connection connection() {
    return connection;
  }

  boolean isMultiplexed() {
    return multiplexed;
  }

  boolean isConnected() {
    return connected;
  }

  /** Whether it cannot be made because all threads that look up hang. */
  boolean waitsForLookUps() {
    return inquiry.waitsForThread();
  }

  /** Where the bytes of a request begin, whose head is about to be written. */
  TrackedSocket.@Nullable Mark mark() {
    TrackedSocket current = socket.get();
    return current == null ? null : current.mark();
  }

  /** Whether the other side has ended the connection below TLS. */
  boolean wasCutOff() {
    TrackedSocket current = socket.get();
    return current != null && current.hasEnded();
  }

  // Anybody.

  /** Of its socket, open or closed; zero until it is connected. */
  PoolSnapshot.Ports ports() {
    TrackedSocket current = socket.get();
    return current == null || current == NONE
        ? new PoolSnapshot.Ports(0, 0)
        : new PoolSnapshot.Ports(Math.max(0, current.getLocalPort()), current.getPort());
  }

  boolean isDead() {
    return dead;
  }

  /** Closes the connection. When this returns, its socket is closed and it cannot get another. */
  void kill() {
    dead = true;
    closing.lock(); // whoever comes second returns no earlier than the first: the place may go on
    try {
      closeSocket();
    } finally {
      closing.unlock();
    }
    inquiry.end();
    parked.cancel();
    host.isOver();
  }

  /** Closes first: a head that begins meanwhile is counted by its socket, or not written. */
  private void closeSocket() {
    TrackedSocket last;
    do {
      last = socket.get();
      if (last != null && last != NONE) {
        close(last);
      }
    } while (!socket.compareAndSet(last, NONE));
  }

  private static void close(TrackedSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The descriptor is gone either way; there is nobody who could do better.
      Log.POOL.debug("closing a socket failed", e);
    }
  }

  @Override
  public String toString() {
    return "connection to " + route;
  }
}
