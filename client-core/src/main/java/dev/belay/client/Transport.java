package dev.belay.client;

import java.io.IOException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The threads of a pool, and the OkHttp calls that those of its connections are parked on, with all
 * of OkHttp's own replays off.
 */
final class Transport implements Crew {
  /** What a parked call returns when its connection is over; nobody reads it. */
  private static final Response END =
      new Response.Builder()
          .request(new Request.Builder().url("http://end.invalid/").build())
          .protocol(Protocol.HTTP_1_1)
          .code(204)
          .message("")
          .build();

  /** How many threads take asynchronous calls from gate to gate, where nothing blocks. */
  private static final int WORKERS = 2;

  /** How many threads there may be beyond the cap when users' code holds up all the others. */
  private static final int SPARE = 16;

  private final Workers workers;
  private final Workers exchanges;
  private final Workers callbacks;

  /** Counts the threads that connections are parked on, so that a close can wait for them. */
  private final Phaser hosts = new Phaser(1);

  /** Built by the first connection, because the platform's trust store takes half a second. */
  private final Lazy<OkHttpClient> template = new Lazy<>(Transport::build);

  private final Addresses addresses = new Addresses();

  private final Resolver resolver;

  Transport(PoolSettings settings) {
    int most = settings.maxConnections() + SPARE;
    workers = new Workers("belay-worker " + settings.name(), WORKERS);
    exchanges = new Workers("belay-exchange " + settings.name(), most);
    callbacks = new Workers("belay-callback " + settings.name(), most);
    resolver = new Resolver(settings.name());
  }

  @Override
  public Workers workers() {
    return workers;
  }

  @Override
  public Workers exchanges() {
    return exchanges;
  }

  @Override
  public Workers callbacks() {
    return callbacks;
  }

  @Override
  public Resolver resolver() {
    return resolver;
  }

  @Override
  public void start(Carrier carrier) {
    hosts.register();
    boolean started = false;
    try {
      String name = "belay-connection " + carrier.route.origin();
      Threads.unstarted(() -> runAndLeave(carrier), name).start();
      started = true;
    } finally {
      if (!started) {
        int unused = hosts.arriveAndDeregister();
      }
    }
  }

  private void runAndLeave(Carrier carrier) {
    try {
      carrier.live(this);
    } finally {
      int unused = hosts.arriveAndDeregister();
    }
  }

  @Override
  public boolean awaitHosts(long nanos) {
    try {
      hosts.awaitAdvanceInterruptibly(hosts.arrive(), nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public int hosts() {
    return hosts.getRegisteredParties() - 1;
  }

  /**
   * A client of its own for every connection: a pool that can hold nothing else, so that OkHttp can
   * neither replace the connection nor mix it up with others.
   */
  OkHttpClient newClient(Carrier carrier, Target target) {
    Dns users = carrier.route.wiring().net.dns();
    ConnectionPool pool = new ConnectionPool(0, 1, TimeUnit.DAYS);
    SocketGate gate = new SocketGate(carrier::admits, "the connection is over");
    OkHttpClient.Builder builder =
        template()
            .newBuilder()
            .connectionPool(pool)
            .socketFactory(gate)
            .dns(
                name ->
                    name.equals(target.host())
                        ? addresses.bestFirst(target.addresses(), target.port())
                        : users.lookup(name))
            .proxy(target.proxy())
            .eventListenerFactory(call -> new CarrierEvents(carrier, Passage.of(call), addresses))
            .addInterceptor(chain -> enter(carrier, chain))
            .addNetworkInterceptor(chain -> arrive(carrier, chain));
    carrier.route.wiring().applyTo(builder);
    carrier
        .route
        .wiring()
        .interceptors
        .forEach(own -> builder.addInterceptor(chain -> UserChain.pass(own, chain)));
    return Guard.build(builder, carrier);
  }

  /** Parks the first call of the client; those beside it go on with the request of their user. */
  private static Response enter(Carrier carrier, Interceptor.Chain chain) throws IOException {
    Passage passage = Passage.of(chain.call());
    Exchange exchange = passage.exchange();
    if (passage == carrier.parked || exchange == null) {
      carrier.park(chain);
      return END;
    }
    return exchange.timed(chain).proceed(exchange.request);
  }

  /** What OkHttp makes of an answer comes after this. */
  private static Response arrive(Carrier carrier, Interceptor.Chain chain) throws IOException {
    return RetryAfter.hide(Framing.checked(chain.proceed(chain.request()), carrier));
  }

  /** OkHttp with our settings and no connection: a call on it finds the socket gate closed. */
  OkHttpClient template() {
    return template.get();
  }

  private static OkHttpClient build() {
    return new OkHttpClient.Builder()
        .fastFallback(false)
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .socketFactory(SocketGate.closed())
        .build();
  }
}
