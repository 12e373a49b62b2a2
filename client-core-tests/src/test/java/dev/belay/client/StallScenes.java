package dev.belay.client;

import dev.belay.testkit.Answer;
import dev.belay.testkit.Fault;
import dev.belay.testkit.FaultServer;
import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.TestServer;
import java.io.Closeable;
import java.io.IOException;
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
  private static final CallOptions LONG = CallOptions.deadline(Duration.ofMinutes(5));

  private static final List<Fault> WITHOUT_HEAD =
      List.of(
          Fault.STALL_BEFORE_RESPONSE,
          Fault.STALL_MID_STATUS,
          Fault.STALL_MID_HEADER,
          Fault.TRICKLE_HEADER,
          Fault.INTERIM_TRICKLE);
  private static final List<Fault> WITH_HEAD =
      List.of(
          Fault.STALL_AFTER_HEADER,
          Fault.STALL_MID_BODY,
          Fault.STALL_MID_CHUNK,
          Fault.STALL_BEFORE_LAST_CHUNK,
          Fault.TRICKLE_BODY,
          Fault.TRICKLE_CHUNK);
  private static final List<Fault> STREAMS_WITHOUT_HEAD =
      List.of(Fault.H2_STALL, Fault.H2_SETTINGS_FLOOD, Fault.H2_PING_FLOOD, Fault.H2_RESET_FLOOD);
  private static final List<Fault> STREAMS_WITH_HEAD =
      List.of(Fault.H2_STALL_AFTER_HEADER, Fault.H2_STALL_MID_BODY, Fault.H2_EMPTY_DATA_FLOOD);

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
  private final FaultServer faults = opened(FaultServer.start());
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
    streams();
    queues();
    lookUps();
  }

  private static Answer answer(String path) {
    return switch (path) {
      case "/stall" -> Answer.stall();
      case "/redirect" -> Answer.of(302).header("Location", "/redirect");
      case "/come-back" -> Answer.of(503).header("Retry-After", "100");
      case "/overloaded" -> Answer.of(503);
      default -> Answer.of(200, "ok");
    };
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
    for (Fault fault : WITHOUT_HEAD) {
      both(fault.label(), Phase.RESPONSE, this::client, faults.url(fault));
    }
    for (Fault fault : WITH_HEAD) {
      both(fault.label(), Phase.BODY, this::client, faults.url(fault));
    }
  }

  private void refuse() {
    for (String path : List.of("/redirect", "/come-back")) {
      refused(path, client(), server.url(path));
    }
    BelayClient full = held(builder -> builder.maxCallsInFlight(1).maxQueuedCalls(0));
    refused("full queue", full, server.url("/"));
    Duration day = Duration.ofDays(1); // so long that not even by chance a part of it is short
    RetryPolicy slow = RetryPolicy.builder().maxBackOff(day).throttledBackOff(day).build();
    refused("long back-off", on(wide, b -> b.retry(slow)), server.url("/overloaded"));
  }

  private void refused(String name, BelayClient client, String url) {
    refusals.add(new Scene(name, Phase.ADMISSION, client, get(url)));
    refusals.add(new Scene(name, Phase.ADMISSION, client, post(url, Requests.body("x"))));
  }

  private void connecting() {
    if (KernelSockets.isAvailable()) {
      both("black hole", Phase.CONNECT, this::client, faults.url(Fault.BLACKHOLE));
    }
    both("silent TLS", Phase.TLS, this::client, faults.url(Fault.TLS_STALL));
    Request upload = post(faults.url(Fault.NOREAD), new EndlessBody());
    stalls.add(new Scene("nobody reads", Phase.REQUEST, client(), upload));
    stalls.add(new Scene("HTTP/2 nobody reads", Phase.REQUEST, http2(), upload));
  }

  private void streams() {
    STREAMS_WITHOUT_HEAD.forEach(fault -> onStreams(fault, Phase.RESPONSE));
    STREAMS_WITH_HEAD.forEach(fault -> onStreams(fault, Phase.BODY));
  }

  /** Each call on a connection of its own, where it is the first stream. */
  private void onStreams(Fault fault, Phase phase) {
    Request get = get(opened(FaultServer.start()).url(fault));
    stalls.add(new Scene(fault.label(), phase, http2(), get));
    Request post = post(opened(FaultServer.start()).url(fault), Requests.body("x"));
    stalls.add(new Scene(fault.label(), phase, http2(), post));
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
    Object unused = client.sendAsync(get(server.url("/stall")), Answers.text(), LONG);
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
