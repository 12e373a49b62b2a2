package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.LeakAssertions;
import dev.belay.testkit.LeakAssertions.AssertJ;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import dev.belay.testkit.VirtualClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.Request;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The examples of docs/testing.md that are about what is open, what grows, and what time it is. */
@NoLeaks
class TestkitExamplesTest {
  @Test
  void what_a_client_did_is_asserted(TestServer server) throws Exception {
    Request request = Requests.get(server);
    // region assertions
    try (BoundedPool pool = BoundedPool.builder().name("billing").build();
        BelayClient client = BelayClient.builder(pool).build()) {
      for (int i = 0; i < 10; i++) {
        client.send(request, Answers.discard());
      }
      LeakAssertions.assertThat(server).hasOpened(1).hasReused(9).hasNoMoreConnectionsThan(1);
      LeakAssertions.assertThatPool("billing").hasNoUnreadBodies().hasNoWaiters();
    }
    LeakAssertions.assertThat(server).hasNoOpenConnections();
    // endregion assertions
    // region softly
    SoftAssertions.assertSoftly(
        softly -> {
          softly.assertThat(server).asInstanceOf(AssertJ.CONNECTIONS).as("billing").hasOpened(1);
          softly.check(() -> LeakAssertions.assertThatPools().hasNoOpenConnections());
        });
    // endregion softly
  }

  @Test
  void what_must_not_grow_is_run_again_and_again(TestServer server) throws Exception {
    Request request = Requests.get(server);
    // region growth
    LeakAssertions.assertNoGrowth(
        20,
        () -> {
          try (BelayClient client = BelayClient.builder().build()) {
            client.send(request, Answers.discard());
          }
        });
    // endregion growth
  }

  @Test
  void a_server_answers_in_turn() throws Exception {
    // region turns
    Answer.InTurn script = Answer.inTurn(Answer.of(503), Answer.reset()).then(1, Answer.of(200));
    try (TestServer server = TestServer.start(script);
        BelayClient client = BelayClient.builder().build()) {
      Request request = new Request.Builder().url(server.url("/")).build();
      client.send(request, Answers.discard());
    }
    script.assertPlayed(); // each once, and no request more
    // endregion turns
  }

  @Test
  void an_hour_costs_nothing() throws Exception {
    // region clock
    VirtualClock clock = new VirtualClock();
    Answer busy = Answer.of(503).header("Retry-After", "20");
    try (TestServer server = TestServer.start(Answer.inTurn(busy, Answer.of(200, "ok")));
        BoundedPool pool =
            BoundedPool.builder().name("slow").timeSource(clock, clock::whenAdvanced).build();
        BelayClient client = BelayClient.builder(pool).build()) {
      Request request = new Request.Builder().url(server.url("/")).build();
      CompletableFuture<String> answer = client.sendAsync(request, Answers.text());
      LeakAssertions.assertThatPool("slow").awaitCalls(1, "BACK_OFF", Duration.ofSeconds(10));
      clock.advance(Duration.ofSeconds(20)); // what is due goes on before this returns
      assertThat(answer.get()).isEqualTo("ok");
    }
    // endregion clock
  }
}
