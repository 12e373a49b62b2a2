package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class LeakReportTest {
  private static final String LOGGER = "dev.belay.client.leak";
  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void a_lease_held_for_too_long_is_named_once_and_once_more_when_it_comes_back(TestServer server)
      throws IOException {
    try (LogLines log = new LogLines();
        BelayClient client = BelayClient.builder().ownPool(p -> p.leakThreshold(SHORT)).build()) {
      try (Response held = client.open(Requests.get(server.url("/held")))) {
        await(() -> !log.of(LOGGER).isEmpty());
        assertThat(held.code()).isEqualTo(200);
      }
      await(() -> linesOf(log).size() > 1);
      List<String> lines = linesOf(log);
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0)).contains("is held for", "/held", "LeakReportTest.java:");
      assertThat(lines.get(1)).contains("/held came back after");
      assertThat(client.snapshot().totals().leaked()).isEqualTo(1);
      assertThat(client.snapshot().totals().reclaimed()).isZero();
    }
  }

  @Test
  void a_response_that_its_deadline_takes_back_is_counted(TestServer server) throws IOException {
    CallOptions soon = CallOptions.deadline(Duration.ofMillis(700));
    try (BelayClient client = BelayClient.builder().build();
        Response held = client.open(Requests.get(server), soon)) {
      await(() -> client.snapshot().open() == 0);
      assertThat(held.code()).isEqualTo(200);
      assertThat(client.snapshot().totals().leaked()).isEqualTo(1);
      assertThat(client.snapshot().totals().reclaimed()).isEqualTo(1);
    }
  }

  @Test
  void the_oldest_lease_is_in_the_snapshot(TestServer server) throws IOException {
    try (BelayClient client = BelayClient.builder().build();
        Response first = client.open(Requests.get(server.url("/first")));
        Response second = client.open(Requests.get(server.url("/second")))) {
      Holder oldest = client.snapshot().oldestLease();
      assertThat(oldest).isNotNull();
      assertThat(oldest.what()).endsWith("/first");
      assertThat(oldest.place()).contains("LeakReportTest.java");
      assertThat(client.snapshot().leased()).isEqualTo(2);
      assertThat(first.code()).isEqualTo(second.code());
    }
  }

  @Test
  void a_pool_prints_the_tree_of_what_is_open(TestServer server) throws IOException {
    try (BoundedPool pool = BoundedPool.builder().name("outbound").build();
        BelayClient client = BelayClient.builder(pool).name("billing").build();
        CallScope scope = client.openScope("nightly");
        Response held = scope.open(Requests.get(server.url("/held?secret=1")))) {
      assertThat(held.code()).isEqualTo(200);
      assertThat(pool.toString().lines().map(line -> line.replaceAll("for .* ms", "for a while")))
          .containsExactly(
              "pool 'outbound': 1 of 10 connections open, 0 idle, 0 connecting, 1 leased, 0 calls"
                  + " waiting",
              "  client 'billing'",
              "    scope 'nightly'",
              "      response GET " + server.url("/held") + " in RESPONSE for a while");
    }
  }

  private static List<String> linesOf(LogLines log) {
    return log.of(LOGGER).stream().filter(line -> line.contains("/held")).toList();
  }

  private static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(20).toNanos());
      Thread.onSpinWait();
    }
  }
}
