package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@NoLeaks
class AsyncTest {
  @Test
  void waiting_calls_are_queue_entries_and_not_threads() throws Exception {
    try (TestServer server =
            TestServer.start(r -> Answer.of(200, "ok").after(Duration.ofMillis(1)));
        BelayClient client =
            BelayClient.builder().name("async").maxConnections(4).maxQueuedCalls(2_000).build()) {
      List<CompletableFuture<String>> calls = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        calls.add(client.sendAsync(Requests.get(server), Answers.text()));
      }
      List<String> threads = ourThreads();
      for (CompletableFuture<String> call : calls) {
        assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("ok");
      }
      assertThat(threads).hasSizeLessThanOrEqualTo(4 + 4);
      assertThat(server.mostConnections()).isLessThanOrEqualTo(4);
    }
  }

  private static List<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("belay-(connection|worker|callback|housekeeper) .*"))
        .toList();
  }

  @Test
  void cancelling_the_future_cancels_the_call() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build()) {
      CompletableFuture<String> call = client.sendAsync(Requests.get(server), Answers.text());
      server.awaitRequests(1, Duration.ofSeconds(5));
      assertThat(call.cancel(true)).isTrue();
      server.awaitOpenConnections(0, Duration.ofSeconds(1));
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
}
