package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class AsyncTest {
  private static final CallOptions QUICK = CallOptions.deadline(Duration.ofMillis(300));

  @Test
  void cancelling_the_future_of_a_running_call_closes_its_connection() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build()) {
      CompletableFuture<String> call = client.sendAsync(Requests.get(server), Answers.text());
      server.awaitRequests(1, Duration.ofSeconds(5));
      assertThat(call.cancel(true)).isTrue();
      server.awaitOpenConnections(0, Duration.ofSeconds(1));
    }
  }

  @Test
  void a_waiting_call_whose_future_is_cancelled_never_reaches_the_server(TestServer server)
      throws Exception {
    try (BelayClient client = BelayClient.builder().maxConnections(1).build()) {
      CompletableFuture<String> cancelled;
      CompletableFuture<String> next;
      try (Response first = client.open(Requests.get(server))) {
        cancelled = client.sendAsync(Requests.get(server), Answers.text());
        next = client.sendAsync(Requests.get(server), Answers.text());
        assertThat(first.code()).isEqualTo(200);
        assertThat(cancelled.cancel(false)).isTrue();
        assertThat(client.snapshot().waiting()).isEqualTo(1);
      }
      assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
      assertThat(server.requests()).isEqualTo(2);
      assertThat(server.totalConnections()).isEqualTo(1);
    }
  }

  @Test
  void a_slow_dependent_does_not_hold_up_the_next_call() throws Exception {
    CountDownLatch attached = new CountDownLatch(1); // else this thread would run the dependent
    try (TestServer server =
            TestServer.start(
                r -> {
                  attached.await();
                  return Answer.of(200, "ok");
                });
        BelayClient client = BelayClient.builder().maxConnections(1).build()) {
      CompletableFuture<Void> release = new CompletableFuture<>();
      CompletableFuture<Void> slow =
          client.sendAsync(Requests.get(server), Answers.text()).thenAccept(text -> release.join());
      attached.countDown();
      assertThat(client.sendAsync(Requests.get(server), Answers.text()).get(10, TimeUnit.SECONDS))
          .isEqualTo("ok");
      release.complete(null);
      assertThat(slow.get(10, TimeUnit.SECONDS)).isNull();
    }
  }

  @Test
  void an_interrupt_that_a_handler_left_is_not_the_next_calls() throws Exception {
    CountDownLatch bothWait = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start(
                r -> {
                  bothWait.await();
                  return Answer.of(200, "ok");
                });
        BelayClient client = BelayClient.builder().maxConnections(1).build()) {
      ResponseHandler<String> interrupting =
          response -> {
            String text = response.body().string();
            Thread.currentThread().interrupt(); // as code does that was interrupted, and says so
            return text;
          };
      CompletableFuture<String> first = client.sendAsync(Requests.get(server), interrupting);
      CompletableFuture<String> second = client.sendAsync(Requests.get(server), Answers.text());
      bothWait.countDown();
      assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
      assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
    }
  }

  /** One that waits, one that runs, and one behind both, each ended by its deadline. */
  @Test
  void dependents_of_what_failed_hold_no_lock_and_delay_no_deadline() throws Exception {
    CompletableFuture<Void> release = new CompletableFuture<>();
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().maxConnections(1).build()) {
      List<CompletableFuture<String>> blocked =
          Stream.generate(() -> client.sendAsync(Requests.get(server), Answers.text(), QUICK))
              .limit(2)
              .map(call -> call.handle((text, failure) -> threadThatBlocksUntil(release)))
              .toList();
      CompletableFuture<String> late =
          client.sendAsync(Requests.get(server), Answers.text(), QUICK);
      assertThatThrownBy(() -> late.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DeadlineExceededException.class);
      assertThat(client.snapshot().waiting()).isZero();
      release.complete(null);
      for (CompletableFuture<String> thread : blocked) {
        assertThat(thread.get(5, TimeUnit.SECONDS)).startsWith("belay-callback");
      }
    }
  }

  private static String threadThatBlocksUntil(CompletableFuture<Void> release) {
    release.join();
    return Thread.currentThread().getName();
  }

  @Test
  void a_dependent_that_throws_harms_nobody() throws Exception {
    CountDownLatch attached = new CountDownLatch(1);
    try (Uncaught uncaught = new Uncaught();
        TestServer server =
            TestServer.start(
                r -> {
                  attached.await();
                  return Answer.of(200, "ok");
                });
        BelayClient client = BelayClient.builder().maxConnections(1).build()) {
      CompletableFuture<String> call = client.sendAsync(Requests.get(server), Answers.text());
      CompletableFuture<Void> dependent = call.thenRun(AsyncTest::fail);
      CompletableFuture<String> next = client.sendAsync(Requests.get(server), Answers.text());
      attached.countDown();
      assertThat(next.get(5, TimeUnit.SECONDS)).isEqualTo("ok");
      assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo("ok");
      assertThatThrownBy(() -> dependent.get(5, TimeUnit.SECONDS))
          .hasRootCauseMessage("thrown by a dependent");
      assertThat(server.totalConnections()).isEqualTo(1);
      assertThat(uncaught.seen()).isEmpty();
    }
  }

  private static void fail() {
    throw new IllegalStateException("thrown by a dependent");
  }
}
