package dev.belay.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.testkit.Answer;
import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every call of a case comes when the server has closed the connection, or is about to. */
@NoLeaks
class StaleConnectionTest {
  private static final int CALLS = 3;

  @BeforeEach
  void only_where_the_kernel_tells_when_the_end_has_arrived() {
    assumeTrue(KernelSockets.isAvailable());
  }

  /** Time runs so many times faster for pool and server alike. */
  private record Case(
      int faster, Duration idle, boolean announced, boolean post, Duration interval) {
    @Nullable Void run(BelayClient client) throws IOException {
      Answer ok = Answer.of(200, "ok");
      Answer answer = announced ? ok.header("Keep-Alive", "timeout=" + idle.toSeconds()) : ok;
      try (TestServer server = TestServer.startClosingIdle(idle.dividedBy(faster), r -> answer)) {
        for (int i = 0; i < CALLS; i++) {
          Request request = post ? Requests.post(server) : Requests.get(server);
          assertThat(client.send(request, Answers.text())).as("%s", this).isEqualTo("ok");
          pause(i, server);
        }
        assertThat(server.requests()).as("%s", this).isEqualTo(CALLS);
        boolean closed = interval.compareTo(idle) > 0;
        assertThat(server.totalConnections()).as("%s", this).isBetween(closed ? CALLS : 1, CALLS);
        return null;
      }
    }

    private void pause(int call, TestServer server) {
      if (call == CALLS - 1) {
        return;
      }
      long until = System.nanoTime() + interval.dividedBy(faster).toNanos();
      for (long rest; (rest = until - System.nanoTime()) > 0; ) {
        LockSupport.parkNanos(rest);
      }
      if (!announced && interval.compareTo(idle) > 0) {
        Ends.awaitEndFrom(server); // its clock and ours may differ by more than 0.1 s
      }
    }
  }

  @Test
  void no_call_is_lost_and_none_is_sent_twice(TestServer first) throws Exception {
    expectAll(5, first);
  }

  @Test
  @Tag("endurance")
  void no_call_is_lost_and_none_is_sent_twice_in_real_time(TestServer first) throws Exception {
    expectAll(1, first);
  }

  /** On one pool, warm from a first call: what a cold one takes is a long time to a fast clock. */
  private static void expectAll(int faster, TestServer first) throws Exception {
    List<Case> cases = cases(faster);
    long start = System.nanoTime();
    BoundedPoolBuilder patient =
        BoundedPool.builder()
            .maxConnections(2 * cases.size())
            .maxIdle(2 * cases.size())
            .idleTime(Duration.ofMinutes(5));
    ExecutorService threads = Executors.newFixedThreadPool(cases.size());
    try (BoundedPool pool = Pools.on(() -> start + faster * (System.nanoTime() - start), patient);
        BelayClient client =
            BelayClient.builder(pool)
                .retry(RetryPolicy.none())
                .deadline(Duration.ofMinutes(5))
                .build()) {
      assertThat(client.send(Requests.get(first), Answers.text())).isEqualTo("ok");
      List<Callable<@Nullable Void>> runs = new ArrayList<>();
      cases.forEach(one -> runs.add(() -> one.run(client)));
      for (Future<@Nullable Void> run : threads.invokeAll(runs)) {
        assertThat(run.get()).isNull();
      }
      long stale = pool.snapshot().totals().stale();
      assertThat(stale).isPositive();
      Evidence.record(
          "2.3 idle connections closed by the server after 2 s and 5 s, clock x " + faster,
          cases.size() * CALLS
              + " calls and requests, all 200, one attempt each, "
              + stale
              + " stale connections");
    } finally {
      threads.shutdown();
    }
  }

  private static List<Case> cases(int faster) {
    List<Case> cases = new ArrayList<>();
    for (int idle : new int[] {2, 5}) {
      for (int interval : new int[] {2_100, 5_100, 9_000}) {
        for (int i = 0; i < 4; i++) {
          Duration closing = Duration.ofSeconds(idle);
          cases.add(new Case(faster, closing, i % 2 == 0, i / 2 == 0, Duration.ofMillis(interval)));
        }
      }
    }
    return cases;
  }

  @Test
  void a_connection_that_was_idle_too_long_for_its_server_is_not_lent() throws Exception {
    ManualClock clock = new ManualClock();
    Answer answer = Answer.of(200, "ok").header("Keep-Alive", "timeout=5");
    try (TestServer server = TestServer.start(r -> answer);
        BoundedPool pool = Pools.on(clock);
        BelayClient client = BelayClient.builder(pool).build()) {
      assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
      clock.pass(Duration.ofMillis(3_999));
      assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
      assertThat(server.totalConnections()).isEqualTo(1);
      clock.pass(Duration.ofSeconds(4));
      assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
      assertThat(server.totalConnections()).isEqualTo(2);
      assertThat(server.requests()).isEqualTo(3);
      assertThat(pool.snapshot().totals().stale()).isEqualTo(1);
    }
  }

  @Test
  void the_housekeeper_closes_each_connection_when_its_own_time_is_over() throws Exception {
    ManualClock clock = new ManualClock();
    try (TestServer patient = TestServer.start(r -> Answer.of(200, "ok"));
        TestServer five = TestServer.startAnnouncingIdle(Duration.ofSeconds(5), r -> ok());
        TestServer two = TestServer.startAnnouncingIdle(Duration.ofSeconds(2), r -> ok());
        BoundedPool pool = Pools.on(clock);
        BelayClient client = BelayClient.builder(pool).build()) {
      for (TestServer server : List.of(patient, five, two)) {
        assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      }
      expectIdle(pool, clock.at(Duration.ofMillis(999)), 3, clock.at(Duration.ofSeconds(1)));
      expectIdle(pool, clock.at(Duration.ofSeconds(1)), 2, clock.at(Duration.ofSeconds(4)));
      two.awaitOpenConnections(0, Duration.ofSeconds(1));
      expectIdle(pool, clock.at(Duration.ofSeconds(4)), 1, clock.at(Duration.ofSeconds(30)));
      five.awaitOpenConnections(0, Duration.ofSeconds(1));
      expectIdle(pool, clock.at(Duration.ofSeconds(30)), 0, Ticket.NEVER);
    }
  }

  private static Answer ok() {
    return Answer.of(200, "ok");
  }

  private static void expectIdle(BoundedPool pool, long now, int idle, long next) {
    assertThat(pool.state().connections.expireIdle(now)).isEqualTo(next);
    assertThat(pool.snapshot().idle()).isEqualTo(idle);
  }

  @Test
  void the_housekeeper_wakes_in_time_for_it() throws Exception {
    Duration asleep = Duration.ofMillis(200); // so long that it has looked, and sleeps again
    Answer answer = Answer.of(200, "ok").header("Keep-Alive", "timeout=1").after(asleep);
    try (TestServer server = TestServer.start(r -> answer);
        BelayClient client =
            BelayClient.builder().ownPool(p -> p.idleTime(Duration.ofMinutes(5))).build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      server.awaitOpenConnections(0, Duration.ofSeconds(10));
      assertThat(client.snapshot().idle()).isZero();
    }
  }

  @Test
  void a_server_that_keeps_nothing_is_taken_at_its_word() throws Exception {
    Answer answer = Answer.of(200, "ok").header("Keep-Alive", "timeout=0");
    try (TestServer server = TestServer.start(r -> answer);
        BelayClient client = BelayClient.builder().build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
        assertThat(client.snapshot().open()).isZero();
      }
      assertThat(server.totalConnections()).isEqualTo(3);
      assertThat(client.snapshot().totals().stale()).isZero();
    }
  }

  @Test
  void a_server_of_http_1_0_is_called_over_a_new_connection_each_time() throws Exception {
    byte[] answer = "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII);
    try (TestServer server = TestServer.start(r -> Answer.raw(answer));
        BelayClient client = BelayClient.builder().build()) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
        assertThat(client.snapshot().open()).isZero();
      }
      assertThat(server.totalConnections()).isEqualTo(2);
    }
  }

  @Test
  void a_server_that_announces_its_close_among_other_options_is_taken_at_its_word()
      throws Exception {
    Answer answer = Answer.of(200, "ok").header("Connection", "Foo, Close");
    try (TestServer server = TestServer.start(r -> answer);
        BelayClient client = BelayClient.builder().build()) {
      assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
      assertThat(client.snapshot().open()).isZero();
    }
  }

  @Test
  void the_time_that_an_answer_lay_unread_counts_as_idle() throws Exception {
    ManualClock clock = new ManualClock();
    try (TestServer server = TestServer.startClosingIdle(Duration.ofMillis(300), r -> ok());
        BoundedPool pool = Pools.on(clock);
        BelayClient client = BelayClient.builder(pool).retry(RetryPolicy.none()).build()) {
      for (Request request : List.of(Requests.post(server), Requests.get(server))) {
        try (okhttp3.Response slow = client.open(Requests.get(server))) {
          Ends.awaitEndFrom(server);
          clock.pass(Duration.ofSeconds(10));
          assertThat(slow.body().string()).isEqualTo("ok");
        }
        assertThat(client.send(request, Answers.text())).isEqualTo("ok");
        clock.pass(Duration.ofSeconds(40));
        long unused = pool.state().connections.expireIdle(clock.nanos());
      }
      assertThat(server.requests()).isEqualTo(4);
      assertThat(pool.snapshot().totals().stale()).isEqualTo(2);
    }
  }
}
