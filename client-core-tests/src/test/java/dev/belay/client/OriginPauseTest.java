package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An origin that wants to be left alone, on a clock of the test. */
@NoLeaks
class OriginPauseTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualClock clock = new ManualClock();
  private final BoundedPool pool = Pools.on(clock, 0);
  private volatile String pause = "5";
  private volatile int status = 429;
  private final TestServer busy =
      TestServer.start(
          r ->
              r.path().equals("/told")
                  ? Answer.of(status, "").header("Retry-After", pause)
                  : Answer.of(200, "ok"));

  @AfterEach
  void close() {
    pool.close();
    busy.close();
  }

  private BelayClient client() {
    return BelayClient.builder(pool).deadline(HOUR).retry(RetryPolicy.none()).build();
  }

  private void tell(BelayClient client) throws IOException {
    assertThat(client.<Integer>send(Requests.get(busy.url("/told")), r -> r.code()))
        .isEqualTo(status);
  }

  private void pass(Duration time) {
    clock.pass(time);
    long unused = pool.state().housekeeper.sweep(clock.nanos());
  }

  private static void awaitHeldBack(BelayClient client) {
    while (client.snapshot().holders().stream().noneMatch(h -> h.phase() == Phase.ORIGIN_PAUSE)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void what_one_call_is_told_holds_back_the_others() throws Exception {
    try (BelayClient client = client()) {
      tell(client);
      CompletableFuture<String> other = client.sendAsync(Requests.post(busy), Answers.text());
      awaitHeldBack(client);
      pass(Duration.ofSeconds(5).minusNanos(1));
      assertThat(other).isNotDone();
      assertThat(busy.requests()).isEqualTo(1);
      pass(Duration.ofNanos(1));
      assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
    }
  }

  @Test
  void a_call_whose_deadline_is_nearer_is_refused_at_once() throws Exception {
    try (BelayClient client = client()) {
      tell(client);
      CallOptions soon = CallOptions.deadline(Duration.ofSeconds(5));
      assertThatThrownBy(() -> client.send(Requests.get(busy), Answers.text(), soon))
          .isInstanceOfSatisfying(
              LimitReachedException.class,
              e -> {
                assertThat(e.limit()).isEqualTo(LimitReachedException.Limit.PAUSE);
                assertThat(e.retryAfter()).contains(Duration.ofSeconds(5));
                assertThat(e.phase()).isEqualTo(Phase.ORIGIN_PAUSE);
                assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT);
              });
      assertThat(busy.requests()).isEqualTo(1);
    }
  }

  @Test
  void who_comes_back_later_than_others_still_comes_before_his_deadline() throws Exception {
    try (BoundedPool last = Pools.on(clock, 0.99);
        BelayClient client = BelayClient.builder(last).retry(RetryPolicy.none()).build()) {
      tell(client);
      CallOptions soon = CallOptions.deadline(Duration.ofMillis(5_200));
      CompletableFuture<String> other = client.sendAsync(Requests.get(busy), Answers.text(), soon);
      awaitHeldBack(client);
      clock.pass(Duration.ofMillis(5_100));
      long unused = last.state().housekeeper.sweep(clock.nanos());
      assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
    }
  }

  @Test
  void other_origins_and_other_clients_go_on() throws Exception {
    try (TestServer idle = TestServer.start(r -> Answer.of(200, "ok"));
        BelayClient client = client();
        BelayClient other = client()) {
      tell(client);
      assertThat(client.send(Requests.get(idle), Answers.text())).isEqualTo("ok");
      assertThat(other.send(Requests.get(busy), Answers.text())).isEqualTo("ok");
    }
  }

  @Test
  void a_longer_pause_prolongs_the_wait() throws Exception {
    try (BelayClient client = client();
        BelayClient late = client()) {
      tell(client);
      CompletableFuture<String> other = client.sendAsync(Requests.get(busy), Answers.text());
      awaitHeldBack(client);
      CallEntry told = pool.state().ledger.calls().iterator().next();
      OriginState origin = client.state.ways().calls().origins().of(told);
      origin.holdBackUntil(clock.nanos() + HOUR.toNanos() / 2);
      pass(Duration.ofSeconds(5));
      assertThat(late.send(Requests.get(busy), Answers.text())).isEqualTo("ok");
      assertThat(other).isNotDone();
      pass(HOUR.dividedBy(2));
      assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
    }
  }

  @Test
  void no_origin_is_left_alone_for_longer_than_the_limit() throws Exception {
    pause = "99999999999";
    status = 503;
    try (BelayClient client = client()) {
      tell(client);
      CompletableFuture<String> other = client.sendAsync(Requests.get(busy), Answers.text());
      awaitHeldBack(client);
      pass(Duration.ofSeconds(60));
      assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
    }
  }

  @Test
  void a_client_without_a_pause_lets_everyone_find_out() throws Exception {
    try (BelayClient client =
        BelayClient.builder(pool).retry(RetryPolicy.none()).originPause(Duration.ZERO).build()) {
      tell(client);
      assertThat(client.send(Requests.get(busy), Answers.text())).isEqualTo("ok");
    }
  }

  @Test
  void who_waits_for_a_connection_meanwhile_is_held_back_too() throws Exception {
    CountDownLatch answering = new CountDownLatch(1);
    try (TestServer late =
            TestServer.start(
                r -> {
                  answering.await();
                  return Answer.of(429, "").header("Retry-After", pause);
                });
        BoundedPool narrow = Pools.on(clock, BoundedPool.builder().maxConnections(1));
        BelayClient client = BelayClient.builder(narrow).retry(RetryPolicy.none()).build()) {
      CompletableFuture<Integer> told = client.sendAsync(Requests.get(late), r -> r.code());
      late.awaitRequests(1, Duration.ofSeconds(10));
      CompletableFuture<Integer> queued = client.sendAsync(Requests.get(late), r -> r.code());
      answering.countDown();
      assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo(429);
      awaitHeldBack(client);
      assertThat(late.requests()).isEqualTo(1);
      assertThat(client.snapshot().leased()).isZero();
      assertThat(queued.cancel(true)).isTrue();
    }
  }

  @Test
  void a_close_ends_the_wait_and_a_cancel_too() throws Exception {
    try (BelayClient client = client()) {
      tell(client);
      CompletableFuture<String> cancelled = client.sendAsync(Requests.get(busy), Answers.text());
      CompletableFuture<String> closed = client.sendAsync(Requests.get(busy), Answers.text());
      awaitHeldBack(client);
      assertThat(cancelled.cancel(true)).isTrue();
      CloseReport unused = client.close(Duration.ZERO);
      assertThatThrownBy(() -> closed.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ClosedException.class);
    }
  }
}
