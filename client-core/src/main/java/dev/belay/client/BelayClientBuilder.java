package dev.belay.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.Proxy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.CertificatePinner;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link BelayClient}. Not safe for use by several threads.
 *
 * <p>Settings that contradict each other are refused when the client is built, with the name of the
 * setting and its value, and never a secret.
 */
@SuppressWarnings("exports") // annotations for tools, which a consumer need not have
public final class BelayClientBuilder {
  private static final int CALLS_PER_CONNECTION = 4;

  private final PoolChoice poolChoice;
  private String name = "client";
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Set<String> secrets = new HashSet<>();
  private Duration deadline = Duration.ofSeconds(30);
  private RetryPolicy retry = RetryPolicy.DEFAULT;
  private int maxCallsInFlight;
  private int maxQueue = 1_000;
  private int maxConcurrentAttempts;
  private long maxBody = 10L * 1024 * 1024;
  private boolean httpsOnly;
  private boolean http;
  private final WiringBuilder wiring = new WiringBuilder();
  private @Nullable TokenSource tokens;
  private EventListener.@Nullable Factory events;

  BelayClientBuilder(@Nullable BoundedPool borrowed) {
    poolChoice = new PoolChoice(borrowed);
  }

  /**
   * What reports and messages call the client. Default: {@code client}.
   *
   * @param clientName not blank
   * @return this builder
   * @throws IllegalArgumentException if it is blank
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder name(String clientName) {
    name = Check.notBlank(clientName, "name");
    return this;
  }

  /**
   * A header that every request gets which has none of that name. Default: none. The last value of
   * a name counts.
   *
   * @param header its name
   * @param value its value
   * @return this builder
   * @throws IllegalArgumentException if either cannot be sent (RFC 9110 section 5); the value of a
   *     header that looks secret is not in the message
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder header(String header, String value) {
    headers.put(header, HeaderCheck.value(header, value));
    if (HeaderCheck.isKnownSecret(header)) {
      secrets.add(header.toLowerCase(Locale.ROOT));
    }
    return this;
  }

  /**
   * Like {@link #header}, with a value that appears in no message, log line or {@code toString}. It
   * goes to every origin that requests of this client name, and to none by a redirect.
   *
   * @param header its name
   * @param value its value, not blank
   * @return this builder
   * @throws IllegalArgumentException if it is blank or cannot be sent; the message does not hold it
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder secretHeader(String header, String value) {
    headers.put(header, HeaderCheck.secret(header, value));
    secrets.add(header.toLowerCase(Locale.ROOT));
    return this;
  }

  /**
   * The time from the start of a call to the end of its body, waiting, retries and back-off
   * included. Default: 30 s.
   *
   * @param total longer than zero
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder deadline(Duration total) {
    deadline = Check.positive(total, "deadline");
    return this;
  }

  /**
   * How often calls are tried again. Default: three attempts of what can be repeated safely.
   *
   * @param policy {@link RetryPolicy#none()} for one attempt
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder retry(RetryPolicy policy) {
    retry = Objects.requireNonNull(policy, "retry");
    return this;
  }

  /**
   * The most calls that may run at once; more wait in order. It protects this process. Default:
   * four for each connection of the pool.
   *
   * @param most at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is less than 1
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder maxCallsInFlight(int most) {
    maxCallsInFlight = Check.atLeast(1, most, "maxCallsInFlight");
    return this;
  }

  /**
   * How many calls may wait for {@link #maxCallsInFlight}, and as many for {@link
   * #maxConcurrentAttempts}. Default: 1,000. One more fails at once with {@link
   * LimitReachedException.Limit#QUEUE}.
   *
   * @param most at least 0; 0 refuses what cannot run at once
   * @return this builder
   * @throws IllegalArgumentException if it is negative
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder maxQueuedCalls(int most) {
    maxQueue = Check.atLeast(0, most, "maxQueuedCalls");
    return this;
  }

  /**
   * The bulkhead: the most attempts of this client that may be at the server at once, from the wait
   * for a connection until the body is closed. It protects the server. Default: none. The wait for
   * a permit is limited like the wait for a connection: {@link BoundedPoolBuilder#maxWait}.
   *
   * @param most at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is less than 1
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder maxConcurrentAttempts(int most) {
    maxConcurrentAttempts = Check.atLeast(1, most, "maxConcurrentAttempts");
    return this;
  }

  /**
   * The largest body of an answer, decoded. Default: 10 MiB. More is an {@link
   * AnswerTooLargeException}.
   *
   * @param most in bytes, at least 0
   * @return this builder
   * @throws IllegalArgumentException if it is negative
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder maxBodyBytes(long most) {
    maxBody = Check.notNegative(most, "maxBodyBytes");
    return this;
  }

  /**
   * How long opening a TCP connection to one address may take. Default: 5 s. Then the next address
   * is tried; after the last one the attempt fails with a {@link ConnectFailedException}.
   *
   * @param time longer than zero
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder connectTimeout(Duration time) {
    wiring.connectTimeout(Check.positive(time, "connectTimeout"));
    return this;
  }

  /**
   * How long no byte may arrive while one is awaited. Default: 10 s. Then the attempt fails with a
   * {@link DeadlineExceededException}.
   *
   * @param time longer than zero
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder readTimeout(Duration time) {
    wiring.readTimeout(Check.positive(time, "readTimeout"));
    return this;
  }

  /**
   * How long no byte may leave while one is to be sent. Default: 10 s. Then the attempt fails with
   * a {@link DeadlineExceededException}.
   *
   * @param time longer than zero
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder writeTimeout(Duration time) {
    wiring.writeTimeout(Check.positive(time, "writeTimeout"));
    return this;
  }

  /**
   * Allows {@code http} URLs and says that this is meant. Default: they are allowed.
   *
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder http() {
    http = true;
    return this;
  }

  /**
   * Refuses {@code http} URLs, with an {@link UntrustedServerException} before anything is sent.
   * Default: off.
   *
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder httpsOnly() {
    httpsOnly = true;
    return this;
  }

  /**
   * Whom to trust. Default: the trust store of the platform.
   *
   * @param sockets makes the TLS sockets, on top of ours
   * @param manager the trust manager that the factory uses
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder tls(SSLSocketFactory sockets, X509TrustManager manager) {
    wiring.tls(
        Objects.requireNonNull(sockets, "sockets"), Objects.requireNonNull(manager, "manager"));
    return this;
  }

  /**
   * Which certificates a host must show. Default: any that is trusted.
   *
   * @param pinner the pins
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder certificatePinner(CertificatePinner pinner) {
    wiring.pinner(Objects.requireNonNull(pinner, "certificatePinner"));
    return this;
  }

  /**
   * The HTTP proxy to connect through. Default: the first that {@link java.net.ProxySelector}'s
   * default names, which by itself looks at the system properties.
   *
   * @param proxy {@link Proxy#NO_PROXY} for none
   * @return this builder
   * @throws IllegalArgumentException for a SOCKS proxy, whose sockets cannot be counted
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder proxy(Proxy proxy) {
    if (proxy.type() == Proxy.Type.SOCKS) {
      throw new IllegalArgumentException("proxy must not be SOCKS: its sockets escape the cap");
    }
    wiring.proxy(proxy);
    return this;
  }

  /**
   * How host names are looked up. Default: by the platform. Called on a thread of the pool, so that
   * a caller need not wait for it longer than he wants.
   *
   * @param dns safe for use by several threads
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder dns(Dns dns) {
    wiring.dns(Objects.requireNonNull(dns, "dns"));
    return this;
  }

  /**
   * The protocols to offer. Default: HTTP/1.1, on which a connection carries one call at a time. On
   * HTTP/2, which a server may choose on TLS, it carries up to 100, or as many as the server lets
   * it, and the limit of connections and that of calls differ.
   *
   * @param protocols as for OkHttp: it must hold {@link Protocol#HTTP_1_1}, or be {@link
   *     Protocol#H2_PRIOR_KNOWLEDGE} alone
   * @return this builder
   * @throws IllegalArgumentException if it is neither
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder protocols(List<Protocol> protocols) {
    boolean prior = protocols.equals(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    if (!prior && !protocols.contains(Protocol.HTTP_1_1)) {
      throw new IllegalArgumentException("protocols must hold http/1.1, but are " + protocols);
    }
    wiring.protocols(protocols);
    return this;
  }

  /**
   * Sees, and may change, every attempt. Default: none. It runs on the thread of the call and must
   * not replace sockets, pool, proxy, redirects or replays, which fails the call. Clients with
   * different interceptors do not share connections.
   *
   * @param interceptor called in the order in which they were added
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder interceptor(Interceptor interceptor) {
    wiring.interceptor(Objects.requireNonNull(interceptor, "interceptor"));
    return this;
  }

  /**
   * Where the {@code Authorization} header of requests without one comes from. Default: none. After
   * a 401 a new value is fetched, once for all calls, and the call is sent once more, whatever its
   * method: the server refused it.
   *
   * @param source asked for values
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder authentication(TokenSource source) {
    tokens = Objects.requireNonNull(source, "authentication");
    return this;
  }

  /**
   * Makes a listener for every call, told of all its attempts. Default: none.
   *
   * <p>Two kinds of events differ from OkHttp's. Hosts are looked up before the exchange begins, so
   * {@code dnsStart} and {@code dnsEnd} tell what was found and not how long it took. {@code
   * connectionAcquired} tells of new connections only, {@code connectionReleased} is never told.
   * What a listener throws is logged to {@code dev.belay.client.call}.
   *
   * @param factory safe for use by several threads
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder eventListener(EventListener.Factory factory) {
    events = Objects.requireNonNull(factory, "eventListener");
    return this;
  }

  /**
   * The cap of the private pool, as in {@link BoundedPoolBuilder#maxConnections}. Default: 10.
   *
   * @param most at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is less than 1
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder maxConnections(int most) {
    poolChoice.change("maxConnections (" + most + ")").maxConnections(most);
    return this;
  }

  /**
   * The other settings of the private pool, as in {@code ownPool(pool -> pool.maxIdle(2))}.
   * Default: those of a pool, and the name of the client. May be given several times; the last
   * value of a setting counts, {@link #maxConnections} included.
   *
   * @param settings called at once, with the builder of the private pool; what it throws is thrown
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder ownPool(Consumer<BoundedPoolBuilder> settings) {
    settings.accept(poolChoice.change("ownPool"));
    return this;
  }

  /**
   * The client. Opens no socket and starts no thread.
   *
   * @return a new client, which the caller closes
   * @throws IllegalStateException if settings contradict each other, or the pool is borrowed and a
   *     setting belongs to the pool
   */
  public BelayClient build() {
    refuseContradictions();
    BoundedPool pool = poolChoice.pool(name);
    PoolState state = pool.state();
    int calls =
        maxCallsInFlight == 0
            ? CALLS_PER_CONNECTION * state.settings.maxConnections()
            : maxCallsInFlight;
    ClientSettings settings =
        new ClientSettings(
            name,
            new DefaultHeaders(headers, secrets),
            wiring.build(),
            retry,
            deadline,
            new ClientSettings.Limits(calls, maxQueue, maxConcurrentAttempts, maxBody),
            httpsOnly,
            tokens,
            events);
    return new BelayClient(ClientState.of(settings, pool));
  }

  private void refuseContradictions() {
    if (http && httpsOnly) {
      throw new IllegalStateException("httpsOnly() contradicts http(): set one of them");
    }
    if (httpsOnly && wiring.isClearTextOnly()) {
      throw new IllegalStateException(
          "httpsOnly() contradicts protocols (h2_prior_knowledge), which is clear text");
    }
  }
}
