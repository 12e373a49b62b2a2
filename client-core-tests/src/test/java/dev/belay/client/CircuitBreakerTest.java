package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class CircuitBreakerTest {
  private static final Duration HANGING = Duration.ofSeconds(20);
  private static final Duration OPEN_FOR = Duration.ofSeconds(10);
  private static final Duration AFTERWARDS = OPEN_FOR.plusMillis(1);
  private static final CallOptions LONG = CallOptions.deadline(Duration.ofMinutes(10));
  private static final RetryPolicy AT_ONCE =
      RetryPolicy.builder()
          .maxAttempts(5)
          .backOff(Duration.ZERO)
          .throttledBackOff(Duration.ZERO)
          .build();

  /** Opens with the second failure; one attempt tries the origin out. */
  private static final CircuitBreakerPolicy SECOND_FAILURE =
      CircuitBreakerPolicy.builder()
          .window(2)
          .minimumAttempts(2)
          .failureRate(100)
          .openFor(OPEN_FOR)
          .halfOpenAttempts(1)
          .build();

  private final ManualClock clock = new ManualClock();
  private final AtomicReference<Answer> next = new AtomicReference<>(Answer.of(500, "broken"));

  private TestServer server() {
    return TestServer.start(r -> next.get());
  }

  private BoundedPool pool() {
    return Pools.on(clock);
  }

  private static BelayClient client(BoundedPool pool, RetryPolicy retry) {
    return BelayClient.builder(pool).circuitBreaker(SECOND_FAILURE).retry(retry).build();
  }

  /** As its name says, with two attempts. */
  private void open(BelayClient client, TestServer server) throws IOException {
    for (int i = 0; i < 2; i++) {
      assertThat(client.<Integer>send(Requests.post(server), r -> r.code(), LONG)).isEqualTo(500);
    }
    expectRefusal(client, server);
  }

  private static LimitReachedException expectRefusal(BelayClient client, TestServer server) {
    LimitReachedException refusal =
        catchThrowableOfType(
            LimitReachedException.class,
            () -> client.send(Requests.post(server), Answers.text(), LONG));
    assertThat(refusal.limit()).isEqualTo(LimitReachedException.Limit.BREAKER);
    return refusal;
  }

  private void expectTrial(BelayClient client, TestServer server) throws IOException {
    next.set(Answer.of(200, "well"));
    assertThat(client.send(Requests.post(server), Answers.text(), LONG)).isEqualTo("well");
  }

  @Test
  void an_open_breaker_refuses_at_once_for_its_origin_alone() throws Exception {
    try (TestServer server = server();
        TestServer other = TestServer.start(r -> Answer.of(200, "ok"));
        BoundedPool pool = pool();
        BelayClient client = client(pool, RetryPolicy.none());
        BelayClient sibling = BelayClient.builder(pool).build()) {
      open(client, server);
      clock.pass(Duration.ofSeconds(3));
      LimitReachedException refusal = expectRefusal(client, server);
      assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(7).plusNanos(1));
      assertThat(refusal.outcome()).isEqualTo(Outcome.NOT_SENT);
      assertThat(refusal.attempts()).isZero();
      assertThat(server.requests()).isEqualTo(2);
      assertThat(client.send(Requests.get(other), Answers.text(), LONG)).isEqualTo("ok");
      assertThat(sibling.<Integer>send(Requests.post(server), r -> r.code(), LONG)).isEqualTo(500);
    }
  }

  @Test
  void an_open_breaker_answers_before_a_call_queues() throws Exception {
    try (TestServer server = server();
        TestServer slow = TestServer.start(r -> Answer.stall());
        BoundedPool pool = pool();
        BelayClient client =
            BelayClient.builder(pool)
                .circuitBreaker(SECOND_FAILURE)
                .retry(RetryPolicy.none())
                .maxCallsInFlight(1)
                .build()) {
      open(client, server);
      CompletableFuture<String> inFlight = client.sendAsync(Requests.get(slow), Answers.text());
      slow.awaitRequests(1, HANGING);
      LimitReachedException refusal = expectRefusal(client, server);
      assertThat(refusal.elapsed()).isZero();
      assertThat(inFlight.cancel(true)).isTrue();
    }
  }

  @Test
  void the_answer_that_opens_it_is_the_callers_and_is_not_followed_by_another_attempt()
      throws Exception {
    try (TestServer server = server();
        BoundedPool pool = pool();
        BelayClient client = client(pool, AT_ONCE)) {
      CompletableFuture<Integer> call = client.sendAsync(Requests.get(server), r -> r.code(), LONG);
      server.awaitRequests(1, HANGING);
      sweepUntilDone(pool, call);
      assertThat(call.join()).isEqualTo(500);
      assertThat(server.requests()).isEqualTo(2);
      LimitReachedException refusal = expectRefusal(client, server);
      assertThat(refusal.attempts()).isZero();
    }
  }

  @Test
  void the_failure_that_opens_it_is_the_callers_with_the_one_before() throws Exception {
    next.set(Answer.hangUp());
    try (TestServer server = server();
        BoundedPool pool = pool();
        BelayClient client = client(pool, AT_ONCE)) {
      CompletableFuture<String> call = client.sendAsync(Requests.get(server), Answers.text(), LONG);
      sweepUntilDone(pool, call);
      assertThatThrownBy(call::join)
          .cause()
          .isInstanceOfSatisfying(
              ConnectionLostException.class,
              e -> {
                assertThat(e.attempts()).isEqualTo(2);
                assertThat(e.getSuppressed()).hasSize(1);
              });
      LimitReachedException unused = expectRefusal(client, server);
    }
  }

  /** A back-off of no time ends with the next look. */
  private void sweepUntilDone(BoundedPool pool, CompletableFuture<?> call) {
    long end = System.nanoTime() + HANGING.toNanos();
    while (!call.isDone() && System.nanoTime() - end < 0) {
      long unused = pool.state().housekeeper.sweep(clock.nanos());
      Thread.onSpinWait();
    }
    assertThat(call).isDone();
  }

  @Test
  void a_call_that_finds_it_open_after_its_back_off_says_what_came_before() throws Exception {
    try (TestServer server = server();
        BoundedPool pool = pool();
        BelayClient client = client(pool, RetryPolicy.builder().build())) {
      CompletableFuture<Integer> waiting =
          client.sendAsync(Requests.get(server), r -> r.code(), LONG);
      awaitPhase(pool, Phase.BACK_OFF);
      assertThat(client.<Integer>send(Requests.post(server), r -> r.code(), LONG)).isEqualTo(500);
      clock.pass(Duration.ofSeconds(2));
      long unused = pool.state().housekeeper.sweep(clock.nanos());
      assertThat(waiting)
          .failsWithin(HANGING)
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              LimitReachedException.class,
              e -> {
                assertThat(e.limit()).isEqualTo(LimitReachedException.Limit.BREAKER);
                assertThat(e.attempts()).isEqualTo(1);
                assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
              });
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  private static void awaitPhase(BoundedPool pool, Phase phase) {
    long end = System.nanoTime() + HANGING.toNanos();
    while (pool.snapshot().holders().stream().noneMatch(h -> h.phase() == phase)
        && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    assertThat(pool.snapshot().holders()).anyMatch(h -> h.phase() == phase);
  }

  @Test
  void it_closes_when_a_trial_succeeds_and_says_so() throws Exception {
    try (LogLines log = new LogLines();
        TestServer server = server();
        BoundedPool pool = pool();
        BelayClient client = client(pool, RetryPolicy.none())) {
      open(client, server);
      clock.pass(AFTERWARDS);
      expectTrial(client, server);
      expectTrial(client, server);
      String origin = "http://" + Requests.get(server).url().host() + ":" + server.port();
      assertThat(log.of("INFO dev.belay.client.call"))
          .satisfiesExactly(
              opened -> assertThat(opened).contains(origin + " fails: 'client' leaves it"),
              closed -> assertThat(closed).contains(origin + " is well again"));
    }
  }

  @Test
  void a_trial_that_is_cancelled_leaves_its_place_to_the_next() throws Exception {
    try (TestServer server = server();
        BoundedPool pool = pool();
        BelayClient client = client(pool, RetryPolicy.none())) {
      open(client, server);
      clock.pass(AFTERWARDS);
      next.set(Answer.stall());
      CompletableFuture<String> trial =
          client.sendAsync(Requests.post(server), Answers.text(), LONG);
      server.awaitRequests(3, HANGING);
      assertThat(expectRefusal(client, server).retryAfter()).isEmpty();
      assertThat(trial.cancel(true)).isTrue();
      awaitNoCalls(pool);
      expectTrial(client, server);
    }
  }

  @Test
  void a_trial_that_a_close_cuts_leaves_its_place_to_the_next() throws Exception {
    try (TestServer server = server();
        BoundedPool pool = pool();
        BelayClient client = client(pool, RetryPolicy.none())) {
      open(client, server);
      clock.pass(AFTERWARDS);
      next.set(Answer.stall());
      try (CallScope scope = client.openScope("trial")) {
        CompletableFuture<String> unused =
            scope.sendAsync(Requests.post(server), Answers.text(), LONG);
        server.awaitRequests(3, HANGING);
      }
      awaitNoCalls(pool);
      expectTrial(client, server);
    }
  }

  /** A cancelled call gives back what it had on its own thread. */
  private static void awaitNoCalls(BoundedPool pool) {
    long end = System.nanoTime() + HANGING.toNanos();
    while (!pool.state().ledger.isEmpty() && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    assertThat(pool.state().ledger.isEmpty()).isTrue();
  }

  @Test
  void a_trial_has_its_result_when_the_head_has_come() throws Exception {
    try (TestServer server = server();
        BoundedPool pool = pool();
        BelayClient client = client(pool, RetryPolicy.none())) {
      open(client, server);
      clock.pass(AFTERWARDS);
      next.set(Answer.of(200, "well"));
      try (Response open = client.open(Requests.post(server), LONG)) {
        assertThat(open.code()).isEqualTo(200);
        expectTrial(client, server);
      }
    }
  }

  @Test
  void a_deadline_that_passes_at_the_server_is_a_failure() throws Exception {
    next.set(Answer.stall());
    try (TestServer server = server();
        BoundedPool pool = pool();
        BelayClient client = client(pool, RetryPolicy.none())) {
      for (int i = 1; i <= 2; i++) {
        CompletableFuture<String> call = client.sendAsync(Requests.post(server), Answers.text());
        server.awaitRequests(i, HANGING);
        clock.pass(Duration.ofSeconds(31));
        long unused = pool.state().housekeeper.sweep(clock.nanos());
        assertThat(call)
            .failsWithin(HANGING)
            .withThrowableThat()
            .withCauseInstanceOf(DeadlineExceededException.class);
      }
      LimitReachedException unused = expectRefusal(client, server);
    }
  }

  @Test
  void a_connection_that_was_stale_costs_no_second_permission() throws Exception {
    try (TestServer server = TestServer.startClosingIdle(Duration.ofMillis(500), r -> next.get());
        BoundedPool pool = pool();
        BelayClient client = client(pool, RetryPolicy.none())) {
      open(client, server);
      server.awaitOpenConnections(0, HANGING);
      clock.pass(AFTERWARDS);
      expectTrial(client, server);
      assertThat(pool.snapshot().totals().stale()).isEqualTo(1);
      expectTrial(client, server);
    }
  }

  @Test
  void a_client_without_a_policy_has_no_breaker() {
    try (BelayClient with = BelayClient.builder().circuitBreaker(SECOND_FAILURE).build();
        BelayClient client = BelayClient.builder().build()) {
      assertThat(with.state.ways().calls().gates).hasAtLeastOneElementOfType(BreakerGate.class);
      assertThat(client.state.ways().calls().gates)
          .doesNotHaveAnyElementsOfTypes(BreakerGate.class);
      assertThat(with).asString().contains("open for 10.0 s when 100 % of the last 2 attempts");
    }
  }
}
