package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

@NoLeaks
class RateLimitTest {
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration HANGING = Duration.ofSeconds(20);
  private static final CallOptions LONG = CallOptions.deadline(Duration.ofMinutes(10));
  private final ManualClock clock = new ManualClock();

  /** A pool that nobody sweeps but its test, and where nobody gives up waiting. */
  private BoundedPool pool() {
    BoundedPoolBuilder patient =
        BoundedPool.builder().maxConnections(1).maxWait(Duration.ofHours(1));
    BoundedPool pool = Pools.on(clock, patient);
    Thread none = pool.state().housekeeper.stop();
    assertThat(none).isNull();
    return pool;
  }

  private static BelayClient client(BoundedPool pool, RateLimit limit) {
    return BelayClient.builder(pool).rateLimit(limit).maxCallsInFlight(1_000).build();
  }

  private void sweep(BoundedPool pool) {
    long unused = pool.state().housekeeper.sweep(clock.nanos());
  }

  private static long waiting(BoundedPool pool) {
    return StreamSupport.stream(pool.state().ledger.calls().spliterator(), false)
        .filter(RateLimitTest::waits)
        .count();
  }

  private static boolean waits(CallEntry call) {
    Ticket last = call.ticket();
    return call.phase == Phase.RATE && last != null && last.isWaiting();
  }

  @Test
  void fifty_a_second_are_five_hundred_attempts_in_ten_seconds_in_their_order() throws Exception {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    try (TestServer server = TestServer.start(r -> noted(seen, r.path()));
        BoundedPool pool = pool();
        BelayClient client = client(pool, RateLimit.perSecond(50))) {
      List<CompletableFuture<String>> calls = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        Request numbered = Requests.get(server.url("/" + i));
        calls.add(client.sendAsync(numbered, Answers.text(), LONG));
      }
      int begun = 0;
      for (int i = 0; i < 10_000; i++) {
        clock.pass(MILLI);
        sweep(pool);
        begun = (int) (600 - waiting(pool));
        server.awaitRequests(begun, HANGING); // two that were let in at once may overtake
      }
      assertThat(begun).isBetween(499, 501);
      assertThat(seen)
          .containsExactlyElementsOf(IntStream.range(0, begun).mapToObj(i -> "/" + i).toList());
      calls.forEach(call -> call.cancel(true));
      Evidence.record("Rate limit 50/s for 10 virtual seconds", begun + " attempts, in order");
    }
  }

  private static Answer noted(Queue<String> seen, String path) {
    seen.add(path);
    return Answer.of(200, "ok");
  }

  @Test
  void a_call_that_cannot_make_its_deadline_is_refused_at_once(TestServer server) throws Exception {
    try (BoundedPool pool = pool();
        BelayClient client = client(pool, RateLimit.perSecond(50))) {
      List<CompletableFuture<String>> calls = new ArrayList<>();
      for (int i = 0; i < 101; i++) {
        calls.add(client.sendAsync(Requests.get(server), Answers.text(), LONG));
      }
      CallOptions tooShort = CallOptions.deadline(Duration.ofSeconds(2));
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text(), tooShort))
          .isInstanceOfSatisfying(
              LimitReachedException.class,
              e -> {
                assertThat(e.limit()).isEqualTo(LimitReachedException.Limit.RATE);
                assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT);
                assertThat(e.elapsed()).isZero();
                assertThat(e.retryAfter()).contains(Duration.ofMillis(2_020));
              });
      assertThat(waiting(pool)).isEqualTo(100);
      calls.forEach(call -> call.cancel(true));
    }
  }

  @Test
  void each_attempt_takes_a_turn() throws Exception {
    RetryPolicy atOnce =
        RetryPolicy.builder().backOff(Duration.ZERO).throttledBackOff(Duration.ZERO).build();
    try (TestServer server = TestServer.start(r -> Answer.of(503, "busy"));
        BoundedPool pool = pool();
        BelayClient client =
            BelayClient.builder(pool).rateLimit(RateLimit.perSecond(1)).retry(atOnce).build()) {
      CompletableFuture<Integer> call = client.sendAsync(Requests.get(server), r -> r.code());
      for (int attempts = 1; attempts < 3; attempts++) {
        server.awaitRequests(attempts, HANGING);
        awaitWaiting(pool, 1);
        clock.pass(Duration.ofSeconds(1).minusNanos(1));
        sweep(pool);
        assertThat(waiting(pool)).isEqualTo(1);
        clock.pass(Duration.ofNanos(1));
        sweep(pool);
      }
      assertThat(call.get(HANGING.toSeconds(), TimeUnit.SECONDS)).isEqualTo(503);
      assertThat(server.requests()).isEqualTo(3);
    }
  }

  /** A back-off of no time ends with the next look. */
  private void awaitWaiting(BoundedPool pool, int count) {
    long end = System.nanoTime() + HANGING.toNanos();
    while (waiting(pool) != count && System.nanoTime() - end < 0) {
      sweep(pool);
      Thread.onSpinWait();
    }
    assertThat(waiting(pool)).isEqualTo(count);
  }

  @Test
  void a_close_ends_the_wait_for_a_turn(TestServer server) throws IOException {
    CompletableFuture<String> second;
    try (BelayClient client =
        BelayClient.builder().rateLimit(RateLimit.of(1, Duration.ofMinutes(1))).build()) {
      CallOptions patient = CallOptions.deadline(Duration.ofHours(1));
      assertThat(client.send(Requests.get(server), Answers.text(), patient)).isEqualTo("ok");
      second = client.sendAsync(Requests.get(server), Answers.text(), patient);
    }
    assertThat(second)
        .failsWithin(HANGING)
        .withThrowableThat()
        .withCauseInstanceOf(ClosedException.class);
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void in_real_time_everybody_gets_a_turn_and_nobody_too_early(TestServer server) throws Exception {
    try (BelayClient client =
        BelayClient.builder().rateLimit(RateLimit.of(100, Duration.ofMillis(500))).build()) {
      long begin = System.nanoTime();
      List<CompletableFuture<String>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        calls.add(client.sendAsync(Requests.get(server), Answers.text()));
      }
      for (CompletableFuture<String> call : calls) {
        assertThat(call.get(HANGING.toSeconds(), TimeUnit.SECONDS)).isEqualTo("ok");
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(took).isGreaterThan(Duration.ofMillis(5 * 38));
    }
  }

  @Test
  void a_client_without_a_limit_has_no_such_gate() {
    try (BelayClient limited = BelayClient.builder().rateLimit(RateLimit.perSecond(1)).build();
        BelayClient client = BelayClient.builder().rateLimit(RateLimit.none()).build()) {
      assertThat(limited.state.ways().calls().gates).hasAtLeastOneElementOfType(RateGate.class);
      assertThat(client.state.ways().calls().gates).doesNotHaveAnyElementsOfTypes(RateGate.class);
      assertThat(limited).asString().contains("at most 1 attempts in 1000 ms");
    }
  }
}
