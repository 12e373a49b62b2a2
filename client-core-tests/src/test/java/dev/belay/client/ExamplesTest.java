package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** More regions of the documents, and what they show as printed; see DocumentationTest. */
@NoLeaks
class ExamplesTest {
  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void a_scope_ends_its_calls(TestServer server) throws Exception {
    List<Request> requests = List.of(Requests.get(server.url("/1")), Requests.get(server));
    List<CompletableFuture<String>> answers = new ArrayList<>();
    try (BelayClient client = BelayClient.builder().build()) {
      // region scope
      try (CallScope nightly = client.openScope("nightly")) {
        for (Request each : requests) {
          answers.add(nightly.sendAsync(each, Answers.text()));
        }
        nightly.join(); // waits for all; leaving without it, as an exception does, cuts the rest
      } // every call has ended, every future is done
      // endregion scope
    }
    assertThat(answers).hasSize(2).allMatch(answer -> answer.join().equals("ok"));
  }

  @Test
  void a_thread_local_goes_along_with_a_call(TestServer server) {
    Request request = Requests.get(server);
    ThreadLocal<String> tenant = new ThreadLocal<>();
    // region context
    CallContext tenants =
        () -> {
          String carried = tenant.get(); // on the thread that starts the call
          return () -> {
            String before = tenant.get(); // on a thread of the pool, which code of the call is for
            tenant.set(carried);
            return () -> tenant.set(before); // afterwards, on the same
          };
        };
    try (BelayClient client = BelayClient.builder().context(tenants).build()) {
      tenant.set("acme");
      CompletableFuture<String> seen = client.sendAsync(request, response -> tenant.get());
      assertThat(seen.join()).isEqualTo("acme");
    }
    // endregion context
  }

  @Test
  void a_listener_can_count_what_is_open(TestServer server) throws IOException {
    Request request = Requests.get(server);
    Map<String, LongAdder> open = new ConcurrentHashMap<>();
    // region listener
    LifecycleListener gauge =
        new LifecycleListener() {
          @Override
          public void opened(Holder what) {
            open.computeIfAbsent(what.kind(), kind -> new LongAdder()).increment();
          }

          @Override
          public void closed(Holder what) {
            open.computeIfAbsent(what.kind(), kind -> new LongAdder()).decrement();
          }
        };
    try (BoundedPool pool = BoundedPool.builder().lifecycleListener(gauge).build();
        BelayClient client = BelayClient.builder(pool).build()) {
      client.send(request, Answers.discard());
    } // each of the numbers is zero
    // endregion listener
    await(() -> open.containsKey("pool") && open.get("pool").sum() == 0);
    assertThat(open).containsOnlyKeys("pool", "client", "call", "lease");
    assertThat(open.values()).allMatch(number -> number.sum() == 0);
  }

  @Test
  void a_private_pool_has_the_settings_of_any(TestServer server) throws IOException {
    Request request = Requests.get(server);
    // region ownpool
    try (BelayClient client =
        BelayClient.builder()
            .maxConnections(20)
            .ownPool(pool -> pool.maxConnectionsPerOrigin(15).maxWait(Duration.ofSeconds(2)))
            .build()) {
      client.send(request, Answers.discard());
    }
    // endregion ownpool
    assertThat(server.totalConnections()).isEqualTo(1);
  }

  // What is printed. In a document it has other hosts, times and lines of code.

  @Test
  void the_tree_and_the_leak_in_the_documents_are_what_is_printed() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "ok"));
        LogLines log = new LogLines();
        BoundedPool pool =
            BoundedPool.builder().name("outbound").leakThreshold(Duration.ofMillis(50)).build();
        BelayClient billing = BelayClient.builder(pool).name("billing").build();
        BelayClient audit = BelayClient.builder(pool).name("audit").build();
        CallScope scope = billing.openScope("nightly")) {
      assertThat(audit.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      try (Response first = scope.open(Requests.get(server.url("/invoices/7")));
          Response second = scope.open(Requests.get(server.url("/invoices/8")))) {
        await(() -> pool.snapshot().totals().leaked() == 2);
        assertThat(first.code()).isEqualTo(second.code());
        assertThat(normal(pool.toString())).isEqualTo(normal(block("lifecycle.md", "pool 'out")));
      }
      await(() -> about7(log).size() == 2);
      assertThat(normal(String.join("\n", about7(log))))
          .isEqualTo(normal(block("pool.md", "[belay-callback outbound] WARN")));
    }
  }

  private static List<String> about7(LogLines log) {
    return log.of("dev.belay.client.leak").stream().filter(l -> l.contains("/7 ")).toList();
  }

  private static String normal(String text) {
    return text.replaceAll("https?://[^/ ]+", "ORIGIN")
        .replaceAll("\\d+(\\.\\d)? m?s\\b", "TIME")
        .replaceAll("(call|response) GET", "GET")
        .replaceAll("at \\S+\\(\\S+\\)", "at LINE");
  }

  /** The block of text in a document that begins like this. */
  private static String block(String document, String begin) throws IOException {
    String text = Files.readString(DOCS.resolve(document));
    int start = text.indexOf("```\n" + begin);
    assertThat(start).as("%s in %s", begin, document).isNotNegative();
    return text.substring(start + 4)
        .lines()
        .takeWhile(line -> !line.equals("```"))
        .collect(Collectors.joining("\n"));
  }

  private static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(20).toNanos());
      Thread.onSpinWait();
    }
  }
}
