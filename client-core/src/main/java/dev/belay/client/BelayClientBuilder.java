package dev.belay.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link BelayClient}. Not safe for use by several threads.
 *
 * <p>Settings that contradict each other are refused when the client is built, with the name of the
 * setting and its value, and never a secret.
 */
@SuppressWarnings("exports") // annotations for tools, which a consumer need not have
public final class BelayClientBuilder extends ConnectionSettings<BelayClientBuilder> {
  private final PoolChoice poolChoice;
  private final ClientSettingsBuilder chosen = new ClientSettingsBuilder();

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
    chosen.name = Check.notBlank(clientName, "name");
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
    String checked = HeaderCheck.value(header, value);
    chosen.header(header, checked, HeaderCheck.isKnownSecret(header));
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
    chosen.header(header, HeaderCheck.secretHeader(header, value), true);
    return this;
  }

  /**
   * A query parameter that every request gets which has none of that name, with a value that
   * appears where that of a {@link #secretHeader} does: nowhere. Default: none.
   *
   * @param parameter its name
   * @param value its value, not blank and without control characters
   * @return this builder
   * @throws IllegalArgumentException if either is not allowed; the message does not hold the value
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder secretQueryParameter(String parameter, String value) {
    String place = "secretQueryParameter " + Check.notBlank(parameter, "secretQueryParameter");
    chosen.secretParameters.put(parameter, HeaderCheck.secret(place, value));
    return this;
  }

  /**
   * A value that is part of requests and appears in no message, log line or {@code toString} of
   * Belay, such as a token in a path. In the URL of an answer's request stars stand for it.
   * Default: none. May be given several times.
   *
   * @param value at least four characters
   * @return this builder
   * @throws IllegalArgumentException if it is shorter, blank or has control characters; the message
   *     does not hold it
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder secret(String value) {
    String checked = HeaderCheck.secret("secret", value);
    Check.atLeast(Mask.LEAST, checked.length(), "secret, counted in characters,");
    chosen.otherSecrets.add(checked);
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
    chosen.deadline = Check.positive(total, "deadline");
    return this;
  }

  /**
   * How long one attempt may take, from its connection, or the place for one, to the head of the
   * answer. Default: 10 s, or the {@link #readTimeout} where that is longer. Then its connection is
   * closed and the attempt has failed with a {@link DeadlineExceededException}, as if it had been
   * lost: the policy may try again. The body is bounded by the deadline alone.
   *
   * @param time longer than zero; what is longer than the deadline changes nothing
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder attemptTimeout(Duration time) {
    chosen.attempt = Check.positive(time, "attemptTimeout");
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
    chosen.retry = Objects.requireNonNull(policy, "retry");
    return this;
  }

  /**
   * Declares that the server recognises a repetition by the value of this header. Default: none.
   * Each call whose method is not idempotent gets a random value, the same for all its attempts,
   * and is repeated like an idempotent one; a request that has the header already keeps its value.
   * A 409, which such a server answers while it works on the first attempt, is tried again.
   *
   * @param header its name, for example {@code Idempotency-Key}
   * @return this builder
   * @throws IllegalArgumentException if it cannot be the name of a header (RFC 9110 section 5.1)
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder idempotencyKey(String header) {
    chosen.keyHeader = HeaderCheck.name("idempotencyKey", header);
    return this;
  }

  /**
   * How long the calls of this client leave an origin alone after one of them was told to, by a
   * {@code Retry-After} with a 429 or 503. Default: as long as the origin says, and 60 s at most.
   * They wait, and come back spread over a tenth of that time, a second at most; one whose deadline
   * is nearer fails with {@link LimitReachedException.Limit#PAUSE} instead of waiting.
   *
   * @param longest zero to leave it alone for the one call only
   * @return this builder
   * @throws IllegalArgumentException if it is negative
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder originPause(Duration longest) {
    chosen.originPause = Check.notNegative(longest, "originPause");
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
    chosen.maxCallsInFlight = Check.atLeast(1, most, "maxCallsInFlight");
    return this;
  }

  /**
   * The most {@link CallOptions#streaming} calls that may run at once, apart from all others; more
   * wait in order. Default: half as many as the pool has connections.
   *
   * @param most at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is less than 1
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder maxStreams(int most) {
    chosen.maxStreams = Check.atLeast(1, most, "maxStreams");
    return this;
  }

  /**
   * How many calls may wait for {@link #maxCallsInFlight}, for {@link #maxStreams}, for {@link
   * #rateLimit} and for {@link #maxConcurrentAttempts}, as many at each. Default: 1,000. One more
   * fails at once with {@link LimitReachedException.Limit#QUEUE}.
   *
   * @param most at least 0; 0 refuses what cannot run at once
   * @return this builder
   * @throws IllegalArgumentException if it is negative
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder maxQueuedCalls(int most) {
    chosen.maxQueue = Check.atLeast(0, most, "maxQueuedCalls");
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
    chosen.maxConcurrentAttempts = Check.atLeast(1, most, "maxConcurrentAttempts");
    return this;
  }

  /**
   * How many attempts this client may begin in a time, retries included. Default: none. More wait
   * in order; one whose turn would come after its deadline is refused at once with {@link
   * LimitReachedException.Limit#RATE}.
   *
   * @param limit {@link RateLimit#none()} for none
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder rateLimit(RateLimit limit) {
    chosen.rate = Objects.requireNonNull(limit, "rateLimit");
    return this;
  }

  /**
   * When this client leaves an origin alone for a time, because its attempts there fail. Default:
   * never.
   *
   * @param policy {@link CircuitBreakerPolicy#none()} for never
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder circuitBreaker(CircuitBreakerPolicy policy) {
    chosen.breaker = Objects.requireNonNull(policy, "circuitBreaker");
    return this;
  }

  /**
   * Where to go when a server answers that something is elsewhere. Default: {@link
   * RedirectPolicy#sameOrigin()}, at most five times a call.
   *
   * @param policy {@link RedirectPolicy#none()} to get such answers as they are
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder redirects(RedirectPolicy policy) {
    chosen.redirects = Objects.requireNonNull(policy, "redirects");
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
    chosen.maxBody = Check.notNegative(most, "maxBodyBytes");
    return this;
  }

  /**
   * The most bytes that the server may send for one attempt, with everything that HTTP, compression
   * and TLS put around a body, and that may have no end either. Default: twice {@link
   * #maxBodyBytes} and 1 MiB. More is an {@link AnswerTooLargeException}, and ends the connection.
   * On HTTP/2 the calls that share a connection share their allowances. A {@link
   * CallOptions#streaming} call has no such limit.
   *
   * @param most in bytes, at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is less
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder maxWireBytes(long most) {
    chosen.maxWire = Math.min(Allowance.NONE, Check.atLeastOne(most, "maxWireBytes"));
    return this;
  }

  /**
   * Allows {@code http} URLs and says that this is meant. Default: they are allowed.
   *
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder http() {
    chosen.http = true;
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
    chosen.httpsOnly = true;
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
    chosen.tokens = Objects.requireNonNull(source, "authentication");
    return this;
  }

  /**
   * Makes a listener for every call, told of all its attempts. Default: none.
   *
   * <p>Two events differ from OkHttp's. Hosts are looked up before the exchange begins, so {@code
   * dnsStart} and {@code dnsEnd} tell what was found and not how long it took. What a listener
   * throws is logged to {@code dev.belay.client.call}.
   *
   * @param factory safe for use by several threads
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder eventListener(EventListener.Factory factory) {
    chosen.events = Objects.requireNonNull(factory, "eventListener");
    return this;
  }

  /**
   * Something else that belongs to the thread of a caller and goes along with his calls to our
   * threads. Default: the MDC of SLF4J, which always does. May be given several times.
   *
   * @param context safe for use by several threads
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BelayClientBuilder context(CallContext context) {
    chosen.contexts.add(Objects.requireNonNull(context, "context"));
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
    chosen.refuseContradictions(isClearTextOnly());
    BoundedPool pool = poolChoice.pool(chosen.name);
    ClientSettings settings = chosen.build(wiring(), pool.state().settings.maxConnections());
    return new BelayClient(ClientState.of(settings, pool));
  }

  @Override
  BelayClientBuilder self() {
    return this;
  }
}
