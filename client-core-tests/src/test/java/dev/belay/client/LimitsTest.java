package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class LimitsTest {
  @Test
  void the_bulkhead_holds_its_permit_until_the_body_is_closed(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().maxConcurrentAttempts(1).build()) {
      CompletableFuture<String> second;
      try (Response first = client.open(Requests.get(server))) {
        second = client.sendAsync(Requests.get(server), Answers.text());
        server.awaitRequests(1, Duration.ofSeconds(5));
        assertThat(first.code()).isEqualTo(200);
        assertThat(second).isNotDone();
        assertThat(client.snapshot().open()).isEqualTo(1);
      }
      assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo("ok");
    }
  }

  @Test
  void a_bulkhead_of_two_lets_the_server_see_two() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                r -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  now.decrementAndGet();
                  return Answer.of(200, "ok").after(Duration.ofMillis(2));
                });
        BelayClient client = BelayClient.builder().maxConcurrentAttempts(2).build()) {
      List<CompletableFuture<String>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        calls.add(client.sendAsync(Requests.get(server), Answers.text()));
      }
      for (CompletableFuture<String> call : calls) {
        assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
      }
      assertThat(most).hasValueLessThanOrEqualTo(2);
      assertThat(server.mostConnections()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void a_call_beyond_the_calls_in_flight_and_their_queue_is_refused(TestServer server)
      throws Exception {
    try (BelayClient client = BelayClient.builder().maxCallsInFlight(1).maxQueuedCalls(0).build();
        Response held = client.open(Requests.get(server))) {
      assertThat(held.code()).isEqualTo(200);
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              LimitReachedException.class,
              e -> {
                assertThat(e.limit()).isEqualTo(LimitReachedException.Limit.QUEUE);
                assertThat(e.holders()).hasSize(1);
              });
    }
  }

  @Test
  void a_refusal_names_who_holds_the_room_and_nobody_else() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BoundedPool pool = BoundedPool.builder().maxConnections(1).build();
        BelayClient other = BelayClient.builder(pool).name("has the connection").build();
        BelayClient client =
            BelayClient.builder(pool).maxCallsInFlight(1).maxQueuedCalls(0).build()) {
      CompletableFuture<String> connected = other.sendAsync(Requests.get(server), Answers.text());
      server.awaitRequests(1, Duration.ofSeconds(5));
      CompletableFuture<String> admitted = client.sendAsync(Requests.get(server), Answers.text());
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              LimitReachedException.class,
              e -> assertThat(e.holders()).extracting(Holder::name).containsExactly("client"));
      assertThat(connected.cancel(true)).isTrue();
      assertThat(admitted.cancel(true)).isTrue();
    }
  }

  @Test
  void a_call_that_is_cancelled_while_it_waits_leaves_the_queue(TestServer server)
      throws Exception {
    try (BelayClient client = BelayClient.builder().maxConnections(1).build();
        Response held = client.open(Requests.get(server))) {
      assertThat(held.code()).isEqualTo(200);
      CompletableFuture<String> waiting = client.sendAsync(Requests.get(server), Answers.text());
      assertThat(client.snapshot().waiting()).isEqualTo(1);
      assertThat(waiting.cancel(true)).isTrue();
      assertThat(client.snapshot().waiting()).isZero();
    }
  }

  @Test
  void an_interrupt_ends_a_wait_at_once_and_stays_set(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().maxConnections(1).build();
        Response held = client.open(Requests.get(server))) {
      assertThat(held.code()).isEqualTo(200);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOf(CancelledException.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
