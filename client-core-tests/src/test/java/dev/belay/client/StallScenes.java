package dev.belay.client;

import dev.belay.testkit.Answer;
import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.TestServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;

/** All that can keep a call from ending, each with clients that call a GET and a POST into it. */
final class StallScenes implements Closeable {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final CallOptions LONG = CallOptions.deadline(Duration.ofMinutes(5));
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Frames of HTTP/2; the first stream that OkHttp opens is 3. */
  private static final String SETTINGS = "000000 04 00 00000000 ";

  private static final String HEAD = "000001 01 04 00000003 88 ";
  private static final String FIVE_BYTES = "000005 00 00 00000003 68656c6c6f ";
  private static final String NO_BYTES = "000000 00 00 00000003 ";
  private static final String PING = "000008 06 00 00000000 0000000000000000 ";

  /** One call that does not end by itself. */
  record Scene(String name, Phase phase, BelayClient client, Request request) {
    @Override
    public String toString() {
      return name + ", " + request.method();
    }
  }

  private final Deque<Closeable> resources = new ArrayDeque<>();
  private final List<Scene> stalls = new ArrayList<>();
  private final List<Scene> refusals = new ArrayList<>();
  private final List<BoundedPool> pools = new ArrayList<>();
  private final Function<BoundedPoolBuilder, BoundedPool> builder;
  private final TestServer server;
  private final BoundedPool wide;

  /**
   * @param builder makes the pools
   */
  StallScenes(Function<BoundedPoolBuilder, BoundedPool> builder) throws IOException {
    this.builder = builder;
    server = opened(TestServer.start(request -> answer(request.path())));
    wide = pool(200);
    answers();
    refuse();
    connecting();
    drips();
    frames();
    queues();
    lookUps();
  }

  private static Answer answer(String path) {
    Answer slow = Answer.of(200, "x".repeat(10_000)).inPieces(1).bodyDelay(PAUSE);
    return switch (path) {
      case "/before-response" -> Answer.stall();
      case "/mid-status" -> raw("HTTP/1.1 2");
      case "/mid-header" -> raw(OK + "Content-Le");
      case "/after-header" -> raw(OK + "Content-Length: 10\r\n\r\n");
      case "/mid-body" -> raw(OK + "Content-Length: 10\r\n\r\nhello");
      case "/mid-chunk" -> raw(OK + "Transfer-Encoding: chunked\r\n\r\na\r\nhello");
      case "/trickled-body" -> slow;
      case "/trickled-chunks" -> slow.chunked();
      case "/redirect" -> Answer.of(302).header("Location", "/redirect");
      case "/come-back" -> Answer.of(503).header("Retry-After", "100");
      case "/overloaded" -> Answer.of(503);
      default -> Answer.of(200, "ok");
    };
  }

  private static Answer raw(String bytes) {
    return Answer.raw(bytes.getBytes(StandardCharsets.US_ASCII));
  }

  List<Scene> stalls() {
    return stalls;
  }

  /** What ends before its deadline, because a rule says so. */
  List<Scene> refusals() {
    return refusals;
  }

  List<BoundedPool> pools() {
    return pools;
  }

  private <T extends Closeable> T opened(T resource) {
    resources.push(resource);
    return resource;
  }

  /** Its first connection, and what that loads, is not one of a scene. */
  private BoundedPool pool(int connections) throws IOException {
    BoundedPool pool = builder.apply(BoundedPool.builder().maxConnections(connections));
    pools.add(pool);
    resources.push(() -> close(pool));
    try (BelayClient client = BelayClient.builder(pool).build()) {
      client.send(Requests.get(server), Answers.discard());
    }
    return pool;
  }

  private static void close(BoundedPool pool) {
    CloseReport unused = pool.close(Duration.ZERO);
  }

  private static Request get(String url) {
    return Requests.get(url);
  }

  private static Request post(String url, RequestBody body) {
    return new Request.Builder().url(url).post(body).build();
  }

  private void both(String name, Phase phase, Supplier<BelayClient> client, String url) {
    stalls.add(new Scene(name, phase, client.get(), get(url)));
    stalls.add(new Scene(name, phase, client.get(), post(url, Requests.body("x"))));
  }

  private BelayClient client() {
    return on(wide, builder -> builder);
  }

  private BelayClient on(BoundedPool pool, UnaryOperator<BelayClientBuilder> settings) {
    BelayClient client = settings.apply(BelayClient.builder(pool)).build();
    resources.push(() -> close(client));
    return client;
  }

  private static void close(BelayClient client) {
    CloseReport unused = client.close(Duration.ZERO);
  }

  private void answers() {
    for (String path : List.of("/before-response", "/mid-status", "/mid-header")) {
      both(path, Phase.RESPONSE, this::client, server.url(path));
    }
    for (String path :
        List.of("/after-header", "/mid-body", "/mid-chunk", "/trickled-body", "/trickled-chunks")) {
      both(path, Phase.BODY, this::client, server.url(path));
    }
  }

  private void refuse() {
    for (String path : List.of("/redirect", "/come-back")) {
      refused(path, client(), server.url(path));
    }
    BelayClient full = held(builder -> builder.maxCallsInFlight(1).maxQueuedCalls(0));
    refused("full queue", full, server.url("/"));
    RetryPolicy slow = RetryPolicy.builder().throttledBackOff(Duration.ofSeconds(20)).build();
    refused("long back-off", on(wide, b -> b.retry(slow)), server.url("/overloaded"));
  }

  private void refused(String name, BelayClient client, String url) {
    refusals.add(new Scene(name, Phase.ADMISSION, client, get(url)));
    refusals.add(new Scene(name, Phase.ADMISSION, client, post(url, Requests.body("x"))));
  }

  private void connecting() throws IOException {
    if (KernelSockets.isAvailable()) {
      DeafServer hole = opened(DeafServer.withFullBacklog());
      both("black hole", Phase.CONNECT, this::client, url("http", hole));
    }
    DeafServer deaf = opened(DeafServer.listening());
    both("silent TLS", Phase.TLS, this::client, url("https", deaf));
    Request upload = post(url("http", deaf), new EndlessBody());
    stalls.add(new Scene("nobody reads", Phase.REQUEST, client(), upload));
  }

  private static String url(String scheme, DeafServer server) {
    return scheme + "://" + server.host() + ":" + server.port() + "/1";
  }

  private void drips() throws IOException {
    DripServer header = drip(DripServer.Drip.text(OK, "X-More: of it\r\n", PAUSE));
    both("trickled header", Phase.RESPONSE, this::client, header.url());
    DripServer interim = drip(DripServer.Drip.text("", "HTTP/1.1 102 Processing\r\n\r\n", PAUSE));
    both("trickled 1xx", Phase.RESPONSE, this::client, interim.url());
  }

  private DripServer drip(DripServer.Drip drip) throws IOException {
    return opened(new DripServer(drip));
  }

  /** Each call on a connection of its own, where it is the first stream. */
  private void frames() throws IOException {
    frames("HTTP/2 before response", Phase.RESPONSE, SETTINGS, "");
    frames("HTTP/2 after header", Phase.BODY, SETTINGS + HEAD, "");
    frames("HTTP/2 mid-body", Phase.BODY, SETTINGS + HEAD + FIVE_BYTES, "");
    frames("HTTP/2 flood of settings", Phase.RESPONSE, SETTINGS, SETTINGS);
    frames("HTTP/2 flood of pings", Phase.RESPONSE, SETTINGS, PING);
    frames("HTTP/2 flood of empty data", Phase.BODY, SETTINGS + HEAD, NO_BYTES);
    Request upload = post(drip(DripServer.Drip.frames(SETTINGS, "")).url(), new EndlessBody());
    stalls.add(new Scene("HTTP/2 nobody reads", Phase.REQUEST, http2(), upload));
  }

  private void frames(String name, Phase phase, String first, String each) throws IOException {
    DripServer.Drip drip = DripServer.Drip.frames(first, each);
    stalls.add(new Scene(name, phase, http2(), get(drip(drip).url())));
    stalls.add(new Scene(name, phase, http2(), post(drip(drip).url(), Requests.body("x"))));
  }

  private BelayClient http2() {
    return on(wide, builder -> builder.protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)));
  }

  private void queues() throws IOException {
    both("admission", Phase.ADMISSION, () -> held(builder -> builder.maxCallsInFlight(1)), ok());
    both("bulkhead", Phase.BULKHEAD, () -> held(builder -> builder.maxConcurrentAttempts(1)), ok());
    BoundedPool narrow = pool(1);
    hold(on(narrow, builder -> builder));
    both("connections", Phase.POOL, () -> on(narrow, builder -> builder), ok());
  }

  private String ok() {
    return server.url("/");
  }

  private BelayClient held(UnaryOperator<BelayClientBuilder> limit) {
    BelayClient client = on(wide, limit);
    hold(client);
    return client;
  }

  /** Takes the one place that its client has. */
  private void hold(BelayClient client) {
    int before = server.requests();
    Object unused = client.sendAsync(get(server.url("/before-response")), Answers.text(), LONG);
    HangingDns.await(() -> server.requests() > before);
  }

  /** Four look-ups hang; one call waits for one of them, another for a thread. */
  private void lookUps() throws IOException {
    BoundedPool pool = pool(20);
    HangingDns dns = opened(new HangingDns());
    for (int i = 0; i < 4; i++) {
      BelayClient client = on(pool, builder -> builder.dns(dns));
      Object unused = client.sendAsync(get("http://hang" + i + ".test/"), Answers.text(), LONG);
    }
    HangingDns.await(() -> dns.most() == 4);
    both("look-up", Phase.DNS, () -> on(pool, builder -> builder.dns(dns)), "http://hang0.test/");
    both(
        "wait for a look-up",
        Phase.DNS,
        () -> on(pool, builder -> builder.dns(dns)),
        "http://other.test/");
  }

  @Override
  public void close() throws IOException {
    for (Closeable resource : resources) {
      resource.close();
    }
  }
}
