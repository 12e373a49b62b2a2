package dev.belay.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One connection, owned exactly: an OkHttp call parked in its first interceptor, whose chain
 * carries one request after another on the threads of their callers.
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

  /** Written by the host before anybody can cut it off; read by whoever kills it. */
  private volatile @Nullable Call call;

  /** Moved to true once, by whoever kills it; nothing is ever sent afterwards. */
  private volatile boolean dead;

  /** Written by the thread of the exchange when a connection is made; one connection, no second. */
  private volatile boolean connected;

  /** Written with {@link #connected}. */
  private volatile boolean multiplexed;

  /** The exchange that owns the events; written by its thread before it begins. */
  private volatile @Nullable Exchange exchange;

  /** Written by the thread of an exchange; read by the host, which it wakes afterwards. */
  private volatile boolean proceeding;

  /** The socket of the running request, kept for its evidence after the connection was killed. */
  private volatile @Nullable TrackedSocket lastSocket;

  /** Guarded by the table's lock. */
  long idleSince;

  final KeepAlive keepAlive = new KeepAlive();

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
    } catch (IOException | RuntimeException | Error e) {
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

  /** Looks up proxy and addresses here, where a caller who cannot wait any longer may leave us. */
  private Call prepare(Transport transport) throws IOException {
    try {
      Call prepared = transport.newCall(this, Target.of(route));
      call = prepared;
      return prepared;
    } finally {
      transport.lookedUp();
    }
  }

  /** Hands the chain to the table and stays until the connection is dead. */
  void park(Interceptor.Chain parked) {
    handOver(parked);
    host.serveUntil(() -> dead && !proceeding);
    Exchange last = exchange;
    if (last != null) {
      last.leaveBodyBehind();
    }
  }

  /** Apart from the parking, whose frame would keep the first call alive as long as it lasts. */
  void handOver(Interceptor.Chain parked) {
    chain = parked;
    Lease waiter = opener;
    opener = null;
    if (!dead && waiter != null) {
      table.ready(this, waiter);
    }
  }

  // The thread of an exchange.

  /**
   * The parked call stays until this is over: without it OkHttp would not clean up behind a failed
   * exchange. The look comes after the mark, so either this sees the end or the host this.
   */
  Response proceed(Exchange begun) throws IOException {
    Interceptor.Chain parked = chain;
    if (parked == null) {
      throw new IllegalStateException("not ready");
    }
    exchange = begun;
    proceeding = true;
    try {
      if (dead) {
        throw begun.failedBelow(new SocketGate.NoPlaceException("the connection is over"));
      }
      return parked.proceed(begun.request);
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

  void connected(Protocol protocol) {
    multiplexed = protocol == Protocol.HTTP_2 || protocol == Protocol.H2_PRIOR_KNOWLEDGE;
    connected = true;
  }

  boolean isConnected() {
    return connected;
  }

  /** The call is over: an idle connection keeps neither its request nor its result. */
  void forgetExchange() {
    Exchange last = exchange;
    exchange = null;
    if (last != null && last.request.body() instanceof OneShot body) {
      body.forget(); // OkHttp keeps the request until the next one
    }
  }

  @Nullable Exchange exchange() {
    return exchange;
  }

  boolean wrote() {
    TrackedSocket current = lastSocket;
    return current != null && current.wrote();
  }

  void beginRequest() {
    TrackedSocket current = socket.get();
    if (current != null) {
      lastSocket = current;
      current.beginRequest();
    }
    Exchange begun = exchange;
    if (begun != null) {
      begun.headBegins();
    }
  }

  // Anybody.

  boolean isDead() {
    return dead;
  }

  /** Closes the connection. When this returns, its socket is closed and it cannot get another. */
  void kill() {
    dead = true;
    closing.lock(); // whoever comes second returns no earlier than the first: the place may go on
    try {
      TrackedSocket last = socket.getAndSet(NONE);
      if (last != null && last != NONE) {
        close(last);
      }
    } finally {
      closing.unlock();
    }
    Call parked = call;
    if (parked != null) {
      parked.cancel();
    }
    host.wake();
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
