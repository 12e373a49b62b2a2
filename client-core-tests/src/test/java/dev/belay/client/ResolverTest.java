package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Look-ups that take their time, and those who wait for them or do not. */
@NoLeaks
class ResolverTest {
  private static final CallOptions QUICK = CallOptions.deadline(Duration.ofMillis(50));
  private static final Duration LONG = Duration.ofSeconds(30);

  private final HangingDns dns = new HangingDns();

  @AfterEach
  void let_go() {
    dns.close();
  }

  private BelayClientBuilder client() {
    return BelayClient.builder().name("looking").dns(dns).retry(RetryPolicy.none());
  }

  private static String url(String host, TestServer server) {
    return "http://" + host + ":" + server.port() + "/";
  }

  private static CompletableFuture<String> begin(BelayClient client, String url) {
    return client.sendAsync(Requests.get(url), Answers.text());
  }

  /** Calls that hang until the test ends, or are cancelled; the first ones in their order. */
  private List<CompletableFuture<String>> hang(BelayClient client, int calls) {
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      all.add(begin(client, "http://hang" + i + ".test/"));
      dns.awaitHanging(Math.min(all.size(), 4));
    }
    return all;
  }

  private static List<String> threads() {
    return OurThreads.platform().stream().filter("belay-dns looking"::equals).toList();
  }

  /** Calls whose connections all wait for the same look-up, which has no thread. */
  private List<CompletableFuture<String>> beginTogether(BelayClient client, String url, int calls) {
    List<CompletableFuture<String>> unused = hang(client, 4);
    List<CompletableFuture<String>> all =
        Stream.generate(() -> begin(client, url)).limit(calls).toList();
    HangingDns.await(() -> waiting(client) == calls);
    return all;
  }

  private static long waiting(BelayClient client) {
    return client.state.pool.ledger.within(client.state.pool.node).stream()
        .filter(call -> call.ticket() instanceof Lease lease && lease.isBound())
        .filter(call -> call.lease().carrier().waitsForLookUps())
        .count();
  }

  private long asked(String host) {
    return dns.asked().stream().filter(host::equals).count();
  }

  @Test
  void a_hundred_calls_to_one_host_at_a_time_cause_one_look_up(TestServer server) throws Exception {
    try (BelayClient client = client().maxConnections(104).build()) {
      List<CompletableFuture<String>> calls = beginTogether(client, url("a.test", server), 100);
      dns.close();
      for (CompletableFuture<String> call : calls) {
        assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
      }
      assertThat(asked("a.test")).isEqualTo(1);
      Evidence.record("5.3 look-ups of 100 calls that connect to one host at a time", "1");
    }
  }

  @Test
  void an_answer_is_not_kept(TestServer server) throws IOException {
    try (BoundedPool pool = BoundedPool.builder().build()) {
      for (int i = 1; i <= 3; i++) {
        try (BelayClient client =
            BelayClient.builder(pool).dns(dns).readTimeout(Duration.ofSeconds(i)).build()) {
          String text = client.send(Requests.get(url("a.test", server)), Answers.text());
          assertThat(text).isEqualTo("ok");
        }
      }
    }
    assertThat(dns.asked()).containsExactly("a.test", "a.test", "a.test");
  }

  @Test
  void what_went_wrong_is_told_to_all_who_waited_each_with_an_exception_of_its_own()
      throws Exception {
    try (BelayClient client = client().maxConnections(24).build()) {
      List<CompletableFuture<String>> calls = beginTogether(client, "http://fail.test/", 20);
      dns.close();
      Set<Throwable> failures = new HashSet<>();
      for (CompletableFuture<String> call : calls) {
        Throwable failure = failureOf(call);
        assertThat(failure)
            .isInstanceOf(ConnectFailedException.class)
            .hasCauseInstanceOf(UnknownHostException.class);
        assertThat(((CallFailedException) failure).outcome()).isEqualTo(Outcome.NOT_SENT);
        failures.add(failure);
      }
      assertThat(failures).hasSize(20);
      assertThat(asked("fail.test")).isEqualTo(1);
    }
  }

  private static Throwable failureOf(CompletableFuture<String> call) {
    return catchThrowableOfType(ExecutionException.class, () -> call.get(10, TimeUnit.SECONDS))
        .getCause();
  }

  @Test
  void fifty_hosts_that_hang_hold_four_threads_and_no_deadline() throws Exception {
    try (BelayClient client = client().maxConnections(50).build()) {
      List<CompletableFuture<String>> four = hang(client, 4);
      List<CompletableFuture<String>> more =
          IntStream.range(4, 50)
              .mapToObj(i -> Requests.get("http://hang" + i + ".test/"))
              .map(request -> client.sendAsync(request, Answers.text(), QUICK))
              .toList();
      for (CompletableFuture<String> call : more) {
        DeadlineExceededException failure = (DeadlineExceededException) failureOf(call);
        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_SENT);
        assertThat(failure.phase()).isEqualTo(Phase.DNS);
        assertThat(failure.elapsed()).isLessThan(LONG);
        assertThat(failure)
            .hasMessageContaining(
                "4 look-ups hang: hang0.test, hang1.test, hang2.test, hang3.test");
      }
      assertThat(threads()).hasSize(4);
      HangingDns.await(() -> client.state.pool.crew.hosts() == 4);
      assertThat(four).noneMatch(CompletableFuture::isDone);
    }
    assertThat(dns.most()).isEqualTo(4);
  }

  @Test
  void a_host_that_cannot_be_looked_up_any_more_waits_no_longer_than_for_a_connection()
      throws Exception {
    try (BoundedPool pool = BoundedPool.builder().maxWait(Duration.ofMillis(50)).build();
        BelayClient client =
            BelayClient.builder(pool).dns(dns).retry(RetryPolicy.none()).deadline(LONG).build()) {
      List<CompletableFuture<String>> unused = hang(client, 4);
      LimitReachedException failure =
          (LimitReachedException) failureOf(begin(client, "http://b.test/"));
      assertThat(failure.limit()).isEqualTo(LimitReachedException.Limit.POOL);
      assertThat(failure.outcome()).isEqualTo(Outcome.NOT_SENT);
      assertThat(failure.phase()).isEqualTo(Phase.DNS);
      assertThat(failure)
          .hasMessageContaining("no look-up could begin in 50 ms; 4 look-ups hang: hang0.test");
      assertThat(client.snapshot().connecting()).as("they wait for their deadlines").isEqualTo(4);
    }
  }

  @Test
  void a_host_that_is_found_serves_its_calls_while_three_hang(TestServer server) throws Exception {
    try (BelayClient client = client().build()) {
      List<CompletableFuture<String>> unused = hang(client, 3);
      String text = client.send(Requests.get(url("a.test", server)), Answers.text());
      assertThat(text).isEqualTo("ok");
      assertThat(dns.asked()).contains("a.test");
    }
  }

  @Test
  void an_address_needs_no_look_up(TestServer server) throws Exception {
    try (BelayClient client = client().build()) {
      List<CompletableFuture<String>> unused = hang(client, 5);
      String text = client.send(Requests.get(url("127.0.0.1", server)), Answers.text());
      assertThat(text).isEqualTo("ok");
      Throwable nobody =
          catchThrowable(() -> client.send(Requests.get("http://[::1]:1/"), Answers.text()));
      assertThat(nobody).isInstanceOf(ConnectFailedException.class).hasMessageContaining("[::1]");
      assertThat(dns.asked()).allMatch(host -> host.startsWith("hang"));
    }
  }

  @Test
  void who_leaves_takes_his_threads_along_and_asks_nothing_any_more(TestServer server)
      throws Exception {
    try (BelayClient client = client().build()) {
      for (CompletableFuture<String> call : hang(client, 6)) {
        assertThat(call.cancel(true)).isTrue();
      }
      HangingDns.await(() -> client.state.pool.crew.hosts() == 0);
      assertThat(client.snapshot().open()).isZero();
      dns.close();
      String text = client.send(Requests.get(url("a.test", server)), Answers.text());
      assertThat(text).isEqualTo("ok");
      assertThat(dns.asked())
          .containsExactlyInAnyOrder(
              "hang0.test", "hang1.test", "hang2.test", "hang3.test", "a.test");
    }
  }

  @Test
  void its_threads_end_when_they_have_nothing_to_do(TestServer server) throws Exception {
    try (BelayClient client = client().build()) {
      String text = client.send(Requests.get(url("a.test", server)), Answers.text());
      assertThat(text).isEqualTo("ok");
      HangingDns.await(() -> threads().isEmpty());
      assertThat(client.snapshot().open()).isEqualTo(1);
    }
  }

  @Test
  void a_close_does_not_wait_for_a_look_up_and_names_it() throws Exception {
    try (BelayClient client = client().build();
        LogLines lines = new LogLines()) {
      List<CompletableFuture<String>> calls = hang(client, 2);
      long start = System.nanoTime();
      CloseReport report = client.close(Duration.ZERO);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(report.stuck()).containsExactly("hang0.test", "hang1.test");
      assertThat(calls).allMatch(CompletableFuture::isCompletedExceptionally);
      assertThat(client.snapshot().open()).isZero();
      assertThat(client.state.pool.crew.hosts()).isZero();
      Closer.warnIfCut(report);
      assertThat(lines.of("dev.belay.client.close"))
          .anyMatch(line -> line.contains("hang in look-ups: [hang0.test, hang1.test]"));
      dns.close();
      HangingDns.await(() -> threads().isEmpty());
    }
  }

  @Test
  void a_close_that_finds_none_names_none(TestServer server) throws IOException {
    try (BelayClient client = client().build()) {
      String text = client.send(Requests.get(url("a.test", server)), Answers.text());
      assertThat(text).isEqualTo("ok");
      assertThat(client.close(Duration.ZERO).stuck()).isEmpty();
      assertThat(threads()).isEmpty();
    }
  }

  /** As a resolver in another language may do, which asks by HTTP. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> List<InetAddress> ask(BelayClient inner, TestServer server)
      throws E {
    try {
      throw new IllegalStateException(inner.send(Requests.get(server), Answers.text()));
    } catch (IOException e) {
      throw (E) e;
    }
  }

  @Test
  void the_failure_of_a_call_that_a_look_up_makes_is_not_taken_for_that_of_its_own() {
    try (TestServer server = TestServer.start(request -> Answer.of(404, "no"));
        BelayClient inner = BelayClient.builder().build();
        BelayClient client =
            BelayClient.builder()
                .dns(host -> ResolverTest.<RuntimeException>ask(inner, server))
                .build()) {
      assertThatThrownBy(() -> client.send(Requests.get("http://a.test/"), Answers.text()))
          .isInstanceOfSatisfying(
              ConnectFailedException.class,
              failure -> assertThat(failure.outcome()).isEqualTo(Outcome.NOT_SENT))
          .hasRootCauseInstanceOf(UnexpectedStatusException.class);
    }
  }
}
