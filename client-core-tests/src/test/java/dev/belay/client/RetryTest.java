package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@NoLeaks
class RetryTest {
  private static final RetryPolicy QUICK =
      RetryPolicy.builder()
          .backOff(Duration.ofMillis(1))
          .throttledBackOff(Duration.ofMillis(1))
          .build();

  @Test
  void a_get_is_tried_three_times_and_the_last_answer_is_the_callers() throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(503, "busy"));
        BelayClient client = BelayClient.builder().retry(QUICK).build()) {
      assertThat(client.<Integer>send(Requests.get(server), r -> r.code())).isEqualTo(503);
      assertThat(server.requests()).isEqualTo(3);
      assertThat(server.totalConnections()).isEqualTo(1);
    }
  }

  @Test
  void an_exhausted_failure_carries_the_earlier_ones_and_the_worst_outcome() {
    try (TestServer server = TestServer.start(r -> Answer.hangUp());
        BelayClient client = BelayClient.builder().retry(QUICK).build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              ConnectionLostException.class,
              e -> {
                assertThat(e.attempts()).isEqualTo(3);
                assertThat(e.getSuppressed()).hasSize(2);
                assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
              });
    }
  }

  /** Here each call may be repeated once. */
  @Test
  void a_call_whose_host_was_not_found_counts_for_the_budget_too() throws IOException {
    AtomicInteger lookUps = new AtomicInteger();
    RetryPolicy once = RetryPolicy.builder().backOff(Duration.ZERO).budget(1, 0).build();
    try (TestServer server = TestServer.start(r -> Answer.of(200, "ok"));
        BelayClient client =
            BelayClient.builder()
                .retry(once)
                .dns(
                    name -> {
                      if (lookUps.getAndIncrement() == 0) {
                        throw new UnknownHostException(name);
                      }
                      return List.of(InetAddress.getLoopbackAddress());
                    })
                .build()) {
      String url = "http://host.test:" + server.port() + "/";
      assertThat(client.send(Requests.get(url), Answers.text())).isEqualTo("ok");
    }
  }

  @Test
  void the_connection_is_given_back_during_the_back_off() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                r ->
                    r.path().equals("/get") && requests.getAndIncrement() == 0
                        ? Answer.of(429, "").header("Retry-After", "1")
                        : Answer.of(200, "ok"));
        BelayClient client =
            BelayClient.builder().maxConnections(1).originPause(Duration.ZERO).build()) {
      CompletableFuture<String> backingOff = client.sendAsync(Requests.get(server), Answers.text());
      server.awaitRequests(1, Duration.ofSeconds(5));
      assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
      assertThat(backingOff).isNotDone();
      assertThat(backingOff.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
    }
  }

  @Test
  void a_back_off_however_long_holds_neither_the_connection_nor_a_permit() throws Exception {
    try (TestServer server =
            TestServer.start(
                r ->
                    r.path().equals("/get")
                        ? Answer.of(429, "busy").header("Retry-After", "60")
                        : Answer.of(200, "ok"));
        BelayClient client =
            BelayClient.builder()
                .maxConnections(1)
                .maxConcurrentAttempts(1)
                .originPause(Duration.ZERO)
                .deadline(Duration.ofMinutes(2))
                .build()) {
      CompletableFuture<String> backingOff = client.sendAsync(Requests.get(server), Answers.text());
      server.awaitRequests(1, Duration.ofSeconds(5));
      CallOptions soon = CallOptions.deadline(Duration.ofSeconds(5));
      assertThat(client.send(Requests.post(server), Answers.text(), soon)).isEqualTo("ok");
      assertThat(backingOff.cancel(true)).isTrue();
    }
  }

  @Test
  void an_interrupt_ends_a_back_off_at_once_and_stays_set() throws Exception {
    Thread caller = Thread.currentThread();
    try (TestServer server = TestServer.start(r -> Answer.of(503, "").header("Retry-After", "20"));
        BelayClient client = BelayClient.builder().build()) {
      CompletableFuture<Void> interrupter =
          CompletableFuture.runAsync(
              () -> {
                while (client.snapshot().holders().stream()
                    .noneMatch(h -> h.phase() == Phase.BACK_OFF)) {
                  Thread.onSpinWait();
                }
                caller.interrupt();
              });
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              CancelledException.class,
              e -> {
                assertThat(e.phase()).isEqualTo(Phase.BACK_OFF);
                assertThat(e.elapsed()).isLessThan(Duration.ofSeconds(10));
              });
      assertThat(Thread.interrupted()).isTrue();
      interrupter.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void an_exchange_that_an_interrupt_breaks_off_is_cancelled_and_not_repeated() {
    Thread caller = Thread.currentThread();
    try (TestServer server =
            TestServer.start(
                r -> {
                  caller.interrupt();
                  return Answer.of(200, "ok").bodyDelay(Duration.ofMillis(50));
                });
        BelayClient client = BelayClient.builder().build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              CancelledException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void a_retry_after_beyond_the_deadline_stops_at_once_with_the_answer() throws IOException {
    try (TestServer server =
            TestServer.start(r -> Answer.of(503, "").header("Retry-After", "99999999999"));
        BelayClient client = BelayClient.builder().build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              UnexpectedStatusException.class,
              e -> {
                assertThat(e.outcome()).isEqualTo(Outcome.REJECTED);
                assertThat(e.retryAfter()).isPresent();
                assertThat(e.elapsed()).isLessThan(Duration.ofSeconds(20));
              });
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void no_back_off_is_forgotten_while_others_use_the_pool() throws Exception {
    RetryPolicy atOnce =
        RetryPolicy.builder().backOff(Duration.ZERO).throttledBackOff(Duration.ZERO).build();
    try (TestServer server =
            TestServer.start(r -> Answer.of(r.path().equals("/get") ? 503 : 200, ""));
        BelayClient client = BelayClient.builder().retry(atOnce).build()) {
      for (int round = 0; round < 1_000; round++) {
        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          calls.add(client.sendAsync(Requests.get(server), r -> r.code()));
        }
        for (CompletableFuture<Integer> call : calls) {
          assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo(503);
        }
      }
    }
  }

  @Test
  void a_rule_of_pauses_is_code_of_its_call() throws IOException {
    AtomicBoolean inCall = new AtomicBoolean();
    RetryPolicy ruled =
        RetryPolicy.builder()
            .backOff(
                attempts -> {
                  inCall.set(Running.call() != null);
                  return Duration.ZERO;
                })
            .build();
    try (TestServer server = TestServer.start(r -> Answer.of(503, ""));
        BelayClient client = BelayClient.builder().retry(ruled).build()) {
      assertThat(client.<Integer>send(Requests.get(server), r -> r.code())).isEqualTo(503);
      assertThat(inCall).isTrue();
      assertThat(Running.call()).isNull();
    }
  }

  @Test
  void a_policy_of_none_sends_once() throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(503, ""));
        BelayClient client = BelayClient.builder().retry(RetryPolicy.none()).build()) {
      assertThat(client.<Integer>send(Requests.get(server), r -> r.code())).isEqualTo(503);
      assertThat(server.requests()).isEqualTo(1);
    }
  }
}
