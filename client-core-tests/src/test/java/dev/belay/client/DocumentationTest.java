package dev.belay.client;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.testkit.Answer;
import dev.belay.testkit.FakeUazapi;
import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Dns;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares what is written with what is there: examples, names, links, defaults, retries. */
@NoLeaks
class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration SOON = Duration.ofMillis(200);

  // The examples. A document shows a region as it stands here.

  @Test
  void a_client_closes_with_its_brace(TestServer server) throws IOException {
    assertThat(invoice(server.url("/invoices/7"), "token")).isEqualTo("ok");
    assertThat(server.totalConnections()).isEqualTo(1);
  }

  private static String invoice(String url, String token) throws IOException {
    // region send
    try (BelayClient client =
        BelayClient.builder() // a pool of its own; builder(pool) borrows a shared one
            .name("billing")
            .secretHeader("token", token) // *** in every message, log line and toString
            .maxConnections(10)
            .deadline(Duration.ofSeconds(30)) // waiting, attempts and body included
            .build()) {
      Request request = new Request.Builder().url(url).build();
      return client.send(request, Answers.text()); // 2xx, else a typed failure; nothing to close
    } // no socket, permit, waiting call or response of this client is left
    // endregion send
  }

  @Nested
  // region testkit
  @NoLeaks // fails the test that leaves a client, pool, call or response of Belay open
  class BillingTest {
    @Test
    void pays_once(TestServer server) throws IOException { // a server of this test's own
      try (BelayClient client = BelayClient.builder().build()) {
        Request request = new Request.Builder().url(server.url("/pay")).build();
        assertThat(client.send(request, Answers.text())).isEqualTo("ok");
      }
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  // endregion testkit

  @Test
  void clients_share_a_pool(TestServer server) throws IOException {
    Request request = new Request.Builder().url(server.url("/")).build();
    // region pool
    try (BoundedPool pool = BoundedPool.builder().name("outbound").maxConnections(50).build();
        BelayClient billing = BelayClient.builder(pool).name("billing").build();
        BelayClient audit = BelayClient.builder(pool).name("audit").build()) {
      billing.send(request, Answers.discard());
      audit.send(request, Answers.discard()); // on the connection that billing gave back
    }
    // endregion pool
    assertThat(server.totalConnections()).isEqualTo(1);
  }

  @Test
  void an_answer_can_be_streamed(TestServer server) throws IOException {
    Request request = new Request.Builder().url(server.url("/")).build();
    try (BelayClient client = BelayClient.builder().build()) {
      // region open
      try (Response response = client.open(request, CallOptions.deadline(Duration.ofMinutes(5)))) {
        String firstLine = response.body().source().readUtf8Line();
        assertThat(firstLine).isEqualTo("ok");
      } // the connection and the permits go back here
      // endregion open
    }
  }

  @Test
  void a_call_can_complete_a_future(TestServer server) throws Exception {
    Request request = new Request.Builder().url(server.url("/")).build();
    try (BelayClient client = BelayClient.builder().build()) {
      // region async
      CompletableFuture<String> later = client.sendAsync(request, Answers.text());
      // endregion async
      assertThat(later.get()).isEqualTo("ok");
    }
  }

  @Test
  void a_close_says_what_it_cut(TestServer server) throws IOException {
    BelayClient client = BelayClient.builder().build();
    Request request = new Request.Builder().url(server.url("/")).build();
    client.send(request, Answers.discard());
    // region close
    CloseReport report = client.close(Duration.ofSeconds(2));
    assertThat(report.clean()).isTrue();
    assertThat(report.cut()).isEmpty(); // else: what was cut, and the line that opened it
    // endregion close
  }

  @Test
  void a_failure_says_whether_to_send_again() throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.hangUp());
        BelayClient client = BelayClient.builder().build()) {
      List<String> next = new ArrayList<>();
      Request message =
          new Request.Builder().url(server.url("/")).post(RequestBody.create("hi", null)).build();
      // region outcome
      try {
        client.send(message, Answers.discard());
      } catch (CallFailedException e) {
        switch (e.outcome()) {
          case NOT_SENT -> next.add("send it again");
          case REJECTED -> next.add("the server did not do it: read status() first");
          case UNKNOWN -> next.add("find out before sending it again");
        }
      }
      // endregion outcome
      assertThat(next).containsExactly("find out before sending it again");
    }
  }

  @Test
  void a_test_server_counts_from_the_other_side() throws Exception {
    // region server
    try (TestServer server = TestServer.start(r -> Answer.of(500))) {
      Request request = new Request.Builder().url(server.url("/broken")).build();
      try (BelayClient client = BelayClient.builder().maxConnections(2).build()) {
        assertThatThrownBy(() -> client.send(request, Answers.text()))
            .isInstanceOf(UnexpectedStatusException.class);
      }
      assertThat(server.requests()).isEqualTo(3); // attempts, the first included
      assertThat(server.mostConnections()).isLessThanOrEqualTo(2);
      server.awaitOpenConnections(0, Duration.ofSeconds(1));
      if (KernelSockets.isAvailable()) { // Linux: the sockets of this process, whoever made them
        assertThat(KernelSockets.to(server.port()).open()).isZero();
      }
    }
    // endregion server
  }

  @Test
  void a_fake_takes_a_message_although_its_answer_is_lost() {
    // region fake
    try (FakeUazapi fake = FakeUazapi.start();
        BelayClient client =
            BelayClient.builder().secretHeader("token", fake.token()).deadline(SOON).build()) {
      fake.failNextAfterTaking(1, Answer.stall());
      MediaType json = MediaType.get("application/json");
      RequestBody hello =
          RequestBody.create("{\"number\":\"5500900000002\",\"text\":\"hi\"}", json);
      Request send = new Request.Builder().url(fake.url() + "/send/text").post(hello).build();
      CallFailedException failure =
          catchThrowableOfType(CallFailedException.class, () -> client.send(send, Answers.text()));
      assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(fake.messages()).hasSize(1); // sending it again would have made it two
    }
    // endregion fake
  }

  // The documents.

  @Test
  void java_in_the_documents_is_a_region_of_a_test() throws IOException {
    Pattern block =
        Pattern.compile("(?:<!-- region (\\S+) of (\\S+) -->\n)?```java\n(.*?)```", Pattern.DOTALL);
    for (Path document : documents()) {
      for (MatchResult found : all(block, Files.readString(document))) {
        assertThat(found.group(1)).as("region of the Java in %s", document).isNotNull();
        assertThat(found.group(3))
            .as("%s in %s", found.group(1), document)
            .isEqualTo(region(found.group(1), found.group(2)));
      }
    }
  }

  private static String region(String name, String file) throws IOException {
    String source = Files.readString(files().get(file));
    Pattern region =
        Pattern.compile(
            "\n *// region " + name + "\n(.*?)\n\\s*// endregion " + name + "\n", Pattern.DOTALL);
    List<MatchResult> found = all(region, source);
    assertThat(found).as("regions %s of %s", name, file).hasSize(1);
    return found.get(0).group(1).stripIndent().stripTrailing() + "\n";
  }

  @Test
  void files_and_tests_that_the_documents_name_exist() throws IOException {
    Pattern name = Pattern.compile("\\b([A-Z]\\w*\\.java)\\b(?!:)|`([A-Z]\\w*Test)`");
    Set<String> missing = new TreeSet<>();
    Set<String> there = files().keySet();
    for (Path document : documents()) {
      for (MatchResult found : all(name, Files.readString(document))) {
        String file = found.group(1) == null ? found.group(2) + ".java" : found.group(1);
        if (!there.contains(file)) {
          missing.add(ROOT.relativize(document) + ": " + file);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void links_in_the_documents_lead_to_files() throws IOException {
    Pattern link = Pattern.compile("]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");
    Set<String> broken = new TreeSet<>();
    for (Path document : documents()) {
      for (MatchResult found : all(link, Files.readString(document))) {
        if (!Files.exists(document.resolveSibling(found.group(1)))) {
          broken.add(ROOT.relativize(document) + ": " + found.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void the_readme_is_short() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
  }

  // docs/configuration.md

  @Test
  void every_setting_of_a_builder_is_in_the_table() throws IOException {
    Set<String> settings = new TreeSet<>();
    Stream.of(BelayClientBuilder.class, BoundedPoolBuilder.class, RetryPolicyBuilder.class)
        .forEach(builder -> settingsOf(builder).forEach(settings::add));
    assertThat(table("configuration.md").keySet()).containsExactlyInAnyOrderElementsOf(settings);
  }

  /** A setter returns the builder, or what the builder extends. */
  private static Stream<String> settingsOf(Class<?> builder) {
    return Stream.of(builder.getMethods())
        .filter(method -> method.getReturnType() == method.getDeclaringClass())
        .map(method -> builder.getSimpleName() + "." + method.getName());
  }

  @Test
  void defaults_in_the_table_are_those_of_the_code() throws Exception {
    Map<String, String> code = new TreeMap<>();
    try (BelayClient client = BelayClient.builder().build();
        BoundedPool pool = BoundedPool.builder().build()) {
      ofClient(client.state)
          .forEach((name, value) -> code.put("BelayClientBuilder." + name, text(value)));
      ofPool(pool.state().settings)
          .forEach((name, value) -> code.put("BoundedPoolBuilder." + name, text(value)));
      ofRetry(RetryPolicy.builder().build())
          .forEach((name, value) -> code.put("RetryPolicyBuilder." + name, text(value)));
    }
    Map<String, String> written = new TreeMap<>();
    table("configuration.md")
        .forEach((setting, row) -> written.put(setting, row.get(1).replaceFirst(" \\(.*", "")));
    assertThat(written).isEqualTo(code);
  }

  private static Map<String, Object> ofClient(ClientState state) {
    ClientSettings settings = state.settings;
    assertThat(settings.wiring()).isSameAs(Wiring.DEFAULT);
    Wiring wiring = settings.wiring();
    PoolSettings own = state.pool.settings;
    return Map.ofEntries(
        entry("name", settings.name()),
        entry("header", settings.headers().values()),
        entry("secretHeader", settings.headers().secrets()),
        entry("deadline", settings.deadline()),
        entry("retry", settings.retry().maxAttempts() + " attempts"),
        entry("maxCallsInFlight", settings.limits().maxCallsInFlight()),
        entry("maxQueuedCalls", settings.limits().maxQueue()),
        entry("maxConcurrentAttempts", settings.limits().maxConcurrentAttempts()),
        entry("maxBodyBytes", settings.limits().maxBody()),
        entry("http", settings.httpsOnly() ? "refused" : "allowed"),
        entry("httpsOnly", settings.httpsOnly() ? "on" : "off"),
        entry("authentication", Optional.ofNullable(settings.tokens())),
        entry("eventListener", Optional.ofNullable(settings.events())),
        entry("tls", Optional.ofNullable(wiring.trust.sockets())),
        entry("certificatePinner", wiring.trust.pinner().getPins()),
        entry("proxy", Optional.ofNullable(wiring.net.proxy())),
        entry("dns", wiring.net.dns() == Dns.SYSTEM ? "platform" : "own"),
        entry("protocols", wiring.net.protocols()),
        entry("interceptor", wiring.interceptors),
        entry("connectTimeout", wiring.timeouts.connect()),
        entry("readTimeout", wiring.timeouts.read()),
        entry("writeTimeout", wiring.timeouts.write()),
        entry("maxConnections", own.maxConnections()),
        entry("ownPool", Optional.empty()));
  }

  private static Map<String, Object> ofPool(PoolSettings settings) {
    return Map.ofEntries(
        entry("name", settings.name()),
        entry("maxConnections", settings.maxConnections()),
        entry("maxConnectionsPerOrigin", settings.maxConnectionsPerOrigin()),
        entry("maxIdle", settings.maxIdle()),
        entry("idleTime", settings.idleTime()),
        entry("maxAge", settings.maxAge()),
        entry("maxQueue", settings.maxQueue()),
        entry("maxWait", settings.maxWait()),
        entry("tracking", settings.tracking()),
        entry("leakThreshold", settings.leakThreshold()),
        entry("lifecycleListener", Optional.ofNullable(settings.listener())));
  }

  private static Map<String, Object> ofRetry(RetryPolicy policy) {
    return Map.of(
        "maxAttempts", policy.maxAttempts(),
        "backOff", policy.backOff(),
        "throttledBackOff", policy.throttledBackOff(),
        "maxBackOff", policy.maxBackOff());
  }

  /** As the table says it: {@code 30 s}, {@code 1,000}, {@code none} for what is empty. */
  private static String text(Object value) {
    if (value instanceof Duration time) {
      return time.toHours() > 0
          ? time.toHours() + " h"
          : time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
    String text =
        value instanceof Number number
            ? String.format(Locale.ROOT, "%,d", number.longValue())
            : value.toString().replaceAll("Optional.empty|[\\[\\]{}]", "");
    return text.isEmpty() ? "none" : text;
  }

  // docs/retries.md

  @ParameterizedTest
  @MethodSource("rows")
  void the_table_of_retries_is_what_happens(String what, List<String> row) throws IOException {
    for (String method : List.of("GET", "POST")) {
      CallFailedException failure = provoke(what, method);
      String expected = row.get(method.equals("GET") ? 2 : 3);
      assertThat(failure.outcome().name()).as("outcome of " + method).isEqualTo(row.get(1));
      assertThat(failure.attempts() == 2 ? "yes" : "no").as(method).isEqualTo(expected);
    }
  }

  static Stream<Object[]> rows() throws IOException {
    return table("retries.md").entrySet().stream()
        .map(row -> new Object[] {row.getKey(), row.getValue()});
  }

  private static CallFailedException provoke(String what, String method) throws IOException {
    RetryPolicy twice =
        RetryPolicy.builder()
            .maxAttempts(2)
            .backOff(Duration.ZERO)
            .throttledBackOff(Duration.ZERO)
            .build();
    RequestBody body = method.equals("POST") ? RequestBody.create("x", null) : null;
    try (TestServer server = TestServer.start(r -> answer(what));
        BelayClient client = BelayClient.builder().retry(twice).readTimeout(SOON).build()) {
      String url = what.contains("no connection") ? refusing() : server.url("/provoke");
      Request request = new Request.Builder().url(url).method(method, body).build();
      return catchThrowableOfType(
          CallFailedException.class, () -> client.send(request, Answers.text()));
    }
  }

  private static String refusing() {
    try (TestServer gone = TestServer.start(r -> Answer.stall())) {
      return gone.url("/");
    }
  }

  private static Answer answer(String what) {
    if (what.startsWith("101")) {
      return Answer.raw("HTTP/1.1 101\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    if (Character.isDigit(what.charAt(0))) {
      Answer plain = Answer.of(Integer.parseInt(what.substring(0, 3)));
      return what.contains("with Retry-After") ? plain.header("Retry-After", "0") : plain;
    }
    if (what.contains("silence")) {
      return Answer.stall();
    }
    if (what.contains("not HTTP")) {
      return Answer.raw("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return what.contains("body") ? Answer.truncated(200, "half", 4) : Answer.hangUp();
  }

  // What is there.

  private static List<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> top = Files.list(ROOT)) {
      return Stream.concat(top, docs).filter(p -> p.toString().endsWith(".md")).toList();
    }
  }

  /** Every source file by its name, which is unique but for package and module descriptors. */
  private static Map<String, Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(p -> p.toString().endsWith(".java"))
          .collect(Collectors.toMap(p -> p.getFileName().toString(), p -> p, (one, two) -> one));
    }
  }

  /** The rows of the first table of a document, by their first cell; without back quotes. */
  private static Map<String, List<String>> table(String document) throws IOException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    Files.readAllLines(ROOT.resolve("docs").resolve(document)).stream()
        .dropWhile(line -> !line.startsWith("|--"))
        .skip(1)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> List.of(line.replace("`", "").substring(1).strip().split(" *\\| *")))
        .forEach(cells -> rows.put(cells.get(0), cells));
    return rows;
  }
}
