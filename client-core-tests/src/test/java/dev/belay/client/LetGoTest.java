package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/**
 * OkHttp's threads hold a connection as long as anything of its last exchange is open, and with it
 * all that the exchange knew.
 */
@NoLeaks
class LetGoTest {
  private static final int CALLS = 20;
  private static final CallOptions QUICK = CallOptions.deadline(Duration.ofMillis(50));
  private static final CallOptions SOON = CallOptions.deadline(Duration.ofSeconds(1));

  @Test
  void a_connection_that_died_under_a_forgotten_response_is_let_go(TestServer server)
      throws Exception {
    try (LeakWarnings warnings = new LeakWarnings();
        BelayClient client = BelayClient.builder().maxConnections(CALLS).build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      List<WeakReference<Request>> requests = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        requests.add(forget(client, Requests.get(server)));
      }
      awaitCollected(requests);
      assertThat(warnings.count()).isEqualTo(CALLS);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // that is the point
  private static WeakReference<Request> forget(BelayClient client, Request request)
      throws IOException {
    assertThat(client.open(request, SOON).code()).isEqualTo(200);
    return new WeakReference<>(request);
  }

  @Test
  void a_connection_that_died_while_its_call_waited_for_an_answer_is_let_go() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build()) {
      List<WeakReference<Request>> requests = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        requests.add(timeOut(client, Requests.get(server)));
      }
      awaitCollected(requests);
    }
  }

  @Test
  void a_call_that_gave_up_waiting_for_a_token_is_let_go(TestServer server) {
    CompletableFuture<String> token = new CompletableFuture<>();
    try (BelayClient client = BelayClient.builder().authentication(r -> token.join()).build()) {
      List<WeakReference<Request>> requests = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        requests.add(timeOut(client, Requests.get(server)));
      }
      awaitCollected(requests);
    } finally {
      token.complete("Bearer late");
    }
  }

  private static WeakReference<Request> timeOut(BelayClient client, Request request) {
    assertThatThrownBy(() -> client.send(request, Answers.text(), QUICK))
        .isInstanceOf(DeadlineExceededException.class);
    return new WeakReference<>(request);
  }

  private static void awaitCollected(List<WeakReference<Request>> requests) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (requests.stream().anyMatch(r -> r.get() != null) && System.nanoTime() - until < 0) {
      System.gc();
    }
    assertThat(requests).allMatch(r -> r.get() == null);
  }
}
