package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is repeated where a call was sent on to is a share of what came there. */
@NoLeaks
class RedirectBudgetTest {
  @Test
  void a_call_counts_for_the_origin_that_it_was_sent_to() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    try (TestServer other =
            TestServer.start(r -> Answer.of(tries.incrementAndGet() == 1 ? 503 : 200));
        TestServer server =
            TestServer.start(r -> Answer.of(302).header("Location", other.url("/")));
        BelayClient client =
            BelayClient.builder()
                .redirects(RedirectPolicy.anyOrigin())
                .retry(RetryPolicy.builder().budget(1, 0).build())
                .deadline(Duration.ofSeconds(20))
                .build()) {
      client.send(Requests.get(server), Answers.discard());
      assertThat(tries).hasValue(2);
    }
  }
}
