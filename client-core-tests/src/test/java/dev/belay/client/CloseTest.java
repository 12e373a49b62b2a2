package dev.belay.client;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class CloseTest {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration ARRIVES = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void nothing_is_open_after_close(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().name("closing").build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      CloseReport report = client.close(Duration.ZERO);
      assertThat(report.clean()).isTrue();
    }
    server.awaitOpenConnections(0, SOON);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().contains("closing"));
  }

  @Test
  void a_second_close_is_harmless(TestServer server) throws Exception {
    BelayClient client = BelayClient.builder().build();
    client.send(Requests.get(server), Answers.text());
    client.close();
    client.close();
    assertThat(client.close(Duration.ofSeconds(1)).clean()).isTrue();
  }

  @Test
  void a_call_after_close_fails_at_once_and_says_who_closed(TestServer server) {
    BelayClient client = BelayClient.builder().name("billing").build();
    client.close();
    Throwable failure = catchThrowable(() -> client.send(Requests.get(server), Answers.text()));
    assertThat(failure).isInstanceOf(ClosedException.class).hasMessageContaining("'billing'");
    ClosedException closed = (ClosedException) failure;
    assertThat(closed.closedBy()).isEqualTo(Thread.currentThread().getName());
    assertThat(closed.outcome()).isEqualTo(Outcome.NOT_SENT);
    assertThat(closed).hasRootCauseMessage("closed here");
    assertThat(server.requests()).isZero();
  }

  @Test
  void a_running_call_may_finish_within_the_grace_period() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "ok").after(millis(200)));
        BelayClient client = BelayClient.builder().build()) {
      CompletableFuture<String> running = client.sendAsync(Requests.get(server), Answers.text());
      server.awaitRequests(1, ARRIVES);
      CloseReport report = client.close(Duration.ofSeconds(5));
      assertThat(report.drained()).isEqualTo(1);
      assertThat(report.clean()).isTrue();
      assertThat(running.get(1, TimeUnit.SECONDS)).isEqualTo("ok");
    }
  }

  @Test
  void a_call_that_outlasts_the_grace_period_is_cut_with_an_unknown_outcome() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build()) {
      CompletableFuture<String> running = client.sendAsync(Requests.post(server), Answers.text());
      server.awaitRequests(1, ARRIVES);
      CloseReport report = client.close(millis(50));
      assertThat(report.cancelled()).isEqualTo(1);
      assertThat(failureOf(running))
          .isInstanceOfSatisfying(
              ClosedException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
      server.awaitOpenConnections(0, SOON);
    }
  }

  @Test
  void a_waiting_call_is_woken_at_once_and_was_not_sent() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().maxConnections(1).build()) {
      CompletableFuture<String> running = client.sendAsync(Requests.get(server), Answers.text());
      server.awaitRequests(1, ARRIVES);
      CompletableFuture<String> waiting = client.sendAsync(Requests.get(server), Answers.text());
      client.close(millis(50));
      assertThat(failureOf(running)).isInstanceOf(ClosedException.class);
      assertThat(failureOf(waiting))
          .isInstanceOfSatisfying(
              ClosedException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT));
    }
  }

  @Test
  void a_waiting_call_is_woken_though_a_running_one_has_a_long_grace_period() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (TestServer server = answeringAfter(answer);
        BelayClient client = BelayClient.builder().maxConnections(1).build()) {
      CompletableFuture<String> running = client.sendAsync(Requests.get(server), Answers.text());
      server.awaitRequests(1, ARRIVES);
      CompletableFuture<String> waiting = client.sendAsync(Requests.get(server), Answers.text());
      CompletableFuture<CloseReport> closing = supplyAsync(() -> client.close(LONG));
      assertThat(failureOf(waiting)).isInstanceOf(ClosedException.class);
      assertThat(closing).isNotDone();
      answer.countDown();
      assertThat(running.get(5, TimeUnit.SECONDS)).isEqualTo("ok");
      assertThat(closing.get(5, TimeUnit.SECONDS).clean()).isTrue();
    }
  }

  @Test
  void a_second_close_does_not_shorten_the_grace_period_of_the_first() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (TestServer server = answeringAfter(answer);
        BelayClient client = BelayClient.builder().build()) {
      CompletableFuture<String> running = client.sendAsync(Requests.get(server), Answers.text());
      server.awaitRequests(1, ARRIVES);
      CompletableFuture<CloseReport> first = supplyAsync(() -> client.close(LONG));
      while (client.state.node.closing() == null) {
        Thread.onSpinWait();
      }
      assertThat(client.close(Duration.ZERO).clean()).isTrue();
      answer.countDown();
      assertThat(running.get(5, TimeUnit.SECONDS)).isEqualTo("ok");
      assertThat(first.get(5, TimeUnit.SECONDS).clean()).isTrue();
    }
  }

  private static TestServer answeringAfter(CountDownLatch answer) {
    return TestServer.start(
        r -> {
          answer.await();
          return Answer.of(200, "ok");
        });
  }

  @Test
  void a_close_while_a_call_starts_leaves_no_call_waiting(TestServer server) throws Exception {
    AtomicReference<BelayClient> itself = new AtomicReference<>();
    EventListener closing =
        new EventListener() {
          @Override
          public void callStart(Call call) {
            itself.get().close(Duration.ZERO);
          }
        };
    try (BelayClient client = BelayClient.builder().eventListener(call -> closing).build()) {
      itself.set(client);
      CompletableFuture<String> call = client.sendAsync(Requests.get(server), Answers.text());
      assertThat(failureOf(call)).isInstanceOf(ClosedException.class);
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void a_call_that_begins_to_wait_while_a_close_drains_is_refused_at_once(TestServer server)
      throws Exception {
    AtomicReference<Thread> closer = new AtomicReference<>();
    ThreadLocal<NanoClock> hook = ThreadLocal.withInitial(() -> NanoClock.SYSTEM);
    try (BoundedPool pool =
            Pools.on(() -> hook.get().nanos(), BoundedPool.builder().maxConnections(1));
        BelayClient client = BelayClient.builder(pool).build();
        Response held = client.open(Requests.get(server))) {
      hook.set(
          () -> {
            if (pool.state().ledger.anyMatch(call -> call.phase == Phase.POOL)
                && closer.get() == null) {
              closer.set(draining(client)); // the call has looked, and does not wait yet
            }
            return System.nanoTime();
          });
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOf(ClosedException.class);
      assertThat(held.body().string()).isEqualTo("ok");
      closer.get().join();
    }
  }

  /** A close that waits for what runs. */
  private static Thread draining(BelayClient client) {
    Thread closer = new Thread(() -> client.close(Duration.ofSeconds(20)));
    closer.start();
    while (closer.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return closer;
  }

  @Test
  void a_response_that_nobody_closed_is_reclaimed_and_named(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().build();
        Response held = client.open(Requests.get(server))) {
      CloseReport report = client.close(millis(1));
      assertThat(report.reclaimed()).isEqualTo(1);
      assertThat(report.cut().get(0).place()).contains("CloseTest.a_response_that_nobody_closed");
      assertThatThrownBy(() -> held.body().string()).isInstanceOf(ClosedException.class);
      server.awaitOpenConnections(0, SOON);
    }
  }

  @Test
  void a_handler_that_closes_its_client_does_not_wait_for_itself(TestServer server)
      throws Exception {
    try (BelayClient client = BelayClient.builder().build()) {
      long started = System.nanoTime();
      String answer =
          client.send(
              Requests.get(server),
              response -> {
                client.close(Duration.ofSeconds(30));
                return "closed";
              });
      assertThat(answer).isEqualTo("closed");
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    }
    server.awaitOpenConnections(0, SOON);
  }

  @Test
  void closing_a_borrowing_client_leaves_its_siblings_alone(TestServer server) throws Exception {
    try (BoundedPool pool = BoundedPool.builder().build();
        BelayClient sibling = BelayClient.builder(pool).build()) {
      try (BelayClient client = BelayClient.builder(pool).build()) {
        client.send(Requests.get(server), Answers.text());
      }
      assertThat(sibling.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      assertThat(server.totalConnections()).isEqualTo(1);
    }
  }

  @Test
  void closing_a_pool_closes_the_clients_below_it(TestServer server) {
    BoundedPool pool = BoundedPool.builder().name("shared").build();
    try (BelayClient client = BelayClient.builder(pool).build()) {
      pool.close();
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOf(ClosedException.class)
          .hasMessageContaining("pool 'shared' was closed by");
    }
  }

  @Test
  void a_grace_period_without_end_ends_with_the_last_call(TestServer server) throws Exception {
    BelayClient client = BelayClient.builder().deadline(Duration.ofSeconds(Long.MAX_VALUE)).build();
    assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
    assertThat(client.close(Duration.ofSeconds(Long.MAX_VALUE)).clean()).isTrue();
  }

  private static Throwable failureOf(CompletableFuture<?> future)
      throws InterruptedException, TimeoutException {
    try {
      Object value = future.get(5, TimeUnit.SECONDS);
      throw new AssertionError("completed with " + value);
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private static Duration millis(long n) {
    return Duration.ofMillis(n);
  }
}
