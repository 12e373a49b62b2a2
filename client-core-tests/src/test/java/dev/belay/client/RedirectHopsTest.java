package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a call that was sent on leaves to others. */
@NoLeaks
class RedirectHopsTest {
  private static Answer to(String place) {
    return Answer.of(302).header("Location", place);
  }

  private static Answer await(CountDownLatch latch) throws InterruptedException {
    boolean unused = latch.await(20, TimeUnit.SECONDS);
    return Answer.of(200, "slow");
  }

  @Test
  void a_connection_that_was_left_serves_others_while_the_call_is_elsewhere() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (TestServer slow =
            TestServer.start(r -> r.path().equals("/warm") ? Answer.of(200) : await(release));
        TestServer server =
            TestServer.start(
                r -> r.path().equals("/go") ? to(slow.url("/")) : Answer.of(200, "quick"));
        BelayClient client = BelayClient.builder().redirects(RedirectPolicy.anyOrigin()).build()) {
      client.send(Requests.get(slow.url("/warm")), Answers.discard());
      CompletableFuture<String> away =
          client.sendAsync(Requests.get(server.url("/go")), Answers.text());
      slow.awaitRequests(2, Duration.ofSeconds(10));
      CompletableFuture<String> here = client.sendAsync(Requests.get(server), Answers.text());
      assertThat(here.get(5, TimeUnit.SECONDS)).isEqualTo("quick");
      release.countDown();
      assertThat(away.get(10, TimeUnit.SECONDS)).isEqualTo("slow");
    } finally {
      release.countDown();
    }
  }
}
