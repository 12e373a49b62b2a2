package dev.belay.client;

import static dev.belay.testkit.LeakAssertions.assertThatPool;
import static dev.belay.testkit.LeakAssertions.assertThatPools;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.LeakAssertions;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the assertions of the testkit say about pools. */
@NoLeaks
@SuppressWarnings("try") // what is open is there to be found
class PoolAssertionsTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private static BoundedPool one(String name) {
    return BoundedPool.builder().name(name).maxConnections(1).build();
  }

  @Test
  void a_pool_that_did_as_expected_passes(TestServer server) throws IOException {
    try (BoundedPool pool = one("tidy");
        BelayClient client = BelayClient.builder(pool).build()) {
      for (int i = 0; i < 10; i++) {
        client.send(Requests.get(server), Answers.discard());
      }
      assertThatPool("tidy").hasOpenConnections(1).hasOpened(1).hasReused(9).hasNoWaiters();
      assertThatPool("tidy").hasNoUnreadBodies();
      LeakAssertions.assertThat(server).hasOpened(1).hasReused(9);
    }
    assertThatPool("tidy").hasNoOpenConnections().hasOpened(0);
  }

  @Test
  void an_unread_body_is_named_with_the_line_that_opened_it(TestServer server) throws IOException {
    try (BoundedPool pool = one("untidy");
        BelayClient client = BelayClient.builder(pool).build();
        okhttp3.Response unread = client.open(Requests.get(server))) {
      assertThatThrownBy(() -> assertThatPool("untidy").hasNoUnreadBodies())
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("expected 0 open responses of pool 'untidy', but this is open:")
          .hasMessageContaining("pool 'untidy': 1 of 1 connections open, 0 idle, 1 leased")
          .hasMessageContaining("response GET http://127.0.0.1:" + server.port() + "/get")
          .hasMessageContaining("PoolAssertionsTest.java");
      assertThatThrownBy(() -> LeakAssertions.assertThat(server).hasNoOpenConnections())
          .hasMessageContaining("response GET http://127.0.0.1:" + server.port() + "/get");
    }
  }

  @Test
  void who_waits_is_counted() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BoundedPool pool = one("narrow");
        BelayClient client = BelayClient.builder(pool).retry(RetryPolicy.none()).build()) {
      CompletableFuture<String> runs = client.sendAsync(Requests.get(server), Answers.text());
      CompletableFuture<String> waits = client.sendAsync(Requests.get(server), Answers.text());
      assertThatPool("narrow").awaitCalls(1, "RESPONSE", SOON).within(SOON).hasWaiters(1);
      assertThatThrownBy(() -> assertThatPool("narrow").within(Duration.ZERO).hasNoWaiters())
          .hasMessageContaining("0 waiting calls of pool 'narrow', but this is open:");
      waits.cancel(true);
      assertThatPools().within(SOON).hasNoWaiters();
      runs.cancel(true);
    }
  }

  @Test
  void a_pool_that_is_not_there_has_done_nothing() {
    assertThatPool("nobody").hasNoOpenConnections().hasOpened(0).hasReused(0);
    assertThatThrownBy(() -> assertThatPool("nobody").as("mine").hasOpened(1))
        .hasMessage(
            "[mine] expected 1 opened connection of pool 'nobody', but no such pool is open");
  }
}
