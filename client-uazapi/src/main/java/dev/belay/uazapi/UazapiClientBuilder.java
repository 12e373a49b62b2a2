package dev.belay.uazapi;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.belay.client.BelayClient;
import dev.belay.client.BelayClientBuilder;
import dev.belay.client.BoundedPool;
import dev.belay.client.RedirectPolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link UazapiClient}. Not safe for use by several threads.
 *
 * <p>Settings that cannot work are refused with the name of the setting and its value, and never
 * the token.
 */
@SuppressWarnings("exports") // annotations for tools, which a consumer need not have
public final class UazapiClientBuilder {
  /**
   * The server holds its answer for as long as a send is delayed, so only the deadline of the call
   * may end the wait for it. One value for all clients, because clients of different time-outs
   * cannot share connections.
   */
  private static final Duration READ_TIMEOUT = Duration.ofHours(1);

  private static final int UNSET = 0;

  private final Token token;
  private final HttpUrl baseUrl;
  private String name = "uazapi";
  private String trackSource = "belay";
  private Duration deadline = Duration.ofSeconds(30);
  private int maxConnections = UNSET;
  private @Nullable BoundedPool pool;
  private Consumer<BelayClientBuilder> client = builder -> {};

  UazapiClientBuilder(String baseUrl, String token) {
    this.token = Token.of(token);
    this.baseUrl = BaseUrl.of(baseUrl, this.token);
  }

  /**
   * Borrows a pool, which its owner closes. Default: a private one, which closes with the client.
   *
   * @param shared the pool
   * @return this builder
   */
  @CanIgnoreReturnValue
  public UazapiClientBuilder pool(BoundedPool shared) {
    pool = Objects.requireNonNull(shared, "pool");
    return this;
  }

  /**
   * The most connections of the private pool, idle ones included. Default: 10.
   *
   * @param most at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is less than 1
   */
  @CanIgnoreReturnValue
  public UazapiClientBuilder maxConnections(int most) {
    maxConnections = Require.atLeast(1, most, "maxConnections");
    return this;
  }

  /**
   * The time from the start of a call to the end of its answer, waiting and retries included.
   * Default: 30 s. A send with a {@linkplain SendOptions#delay delay} gets the delay on top.
   *
   * @param total longer than zero
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public UazapiClientBuilder deadline(Duration total) {
    deadline = Require.positive(total, "deadline");
    return this;
  }

  /**
   * The {@code track_source} of every send: what this application calls itself. Default: {@code
   * belay}. Keep it constant, so that a search for track source and track id finds one message.
   *
   * @param source not blank
   * @return this builder
   * @throws IllegalArgumentException if it is blank
   */
  @CanIgnoreReturnValue
  public UazapiClientBuilder trackSource(String source) {
    trackSource = Require.notBlank(source, "trackSource");
    return this;
  }

  /**
   * What reports and messages call the client. Default: {@code uazapi}.
   *
   * @param clientName not blank
   * @return this builder
   * @throws IllegalArgumentException if it is blank
   */
  @CanIgnoreReturnValue
  public UazapiClientBuilder name(String clientName) {
    name = Require.notBlank(clientName, "name");
    return this;
  }

  /**
   * Changes the HTTP client underneath, such as its proxy, trust or limits, when this one is built.
   * Default: nothing.
   *
   * <p>Name, deadline and token are set afterwards and win. Waiting for an answer is bounded by the
   * deadline alone; a shorter {@code readTimeout} set here also cuts sends with a delay.
   *
   * @param changes called once for each client that is built
   * @return this builder
   */
  @CanIgnoreReturnValue
  public UazapiClientBuilder client(Consumer<BelayClientBuilder> changes) {
    client = Objects.requireNonNull(changes, "client");
    return this;
  }

  /**
   * The client. Opens no socket and starts no thread.
   *
   * @return a new client, which the caller closes
   * @throws IllegalStateException if settings contradict each other, such as {@code maxConnections}
   *     and a borrowed pool
   */
  public UazapiClient build() {
    BelayClientBuilder http = pool == null ? BelayClient.builder() : BelayClient.builder(pool);
    http.readTimeout(READ_TIMEOUT)
        .redirects(RedirectPolicy.none())
        .interceptor(SentOnce.INTERCEPTOR);
    client.accept(http);
    if (maxConnections != UNSET) {
      http.maxConnections(maxConnections);
    }
    BelayClient built =
        http.name(name).deadline(deadline).secretHeader("token", token.value()).build();
    return new UazapiClient(built, new Api(built, baseUrl, token, deadline), trackSource);
  }

  /** The settings; the token is masked. */
  @Override
  public String toString() {
    return "uazapi '"
        + name
        + "' at "
        + baseUrl
        + ", token "
        + token
        + ", deadline "
        + deadline
        + ", track source "
        + trackSource;
  }
}
