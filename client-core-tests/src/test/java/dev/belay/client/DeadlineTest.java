package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class DeadlineTest {
  private static final CallOptions SOON = CallOptions.deadline(Duration.ofMillis(100));

  /** The housekeeper looks every second anyway. */
  private static final Duration BEFORE_NEXT_LOOK = Duration.ofMillis(800);

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final CallOptions SHORT = CallOptions.deadline(SECOND);
  private static final Duration HANGING = Duration.ofSeconds(8);

  @Test
  void it_ends_a_wait_for_the_answer() throws InterruptedException {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build()) {
      expectDeadline(client, server.url("/"), Outcome.UNKNOWN, Phase.RESPONSE);
      server.awaitOpenConnections(0, Duration.ofSeconds(1));
    }
  }

  @Test
  void it_ends_a_body_that_trickles() {
    Answer trickle = Answer.of(200, "x".repeat(100)).inPieces(1).bodyDelay(Duration.ofMillis(50));
    try (TestServer server = TestServer.start(r -> trickle);
        BelayClient client = BelayClient.builder().build()) {
      expectDeadline(client, server.url("/"), Outcome.UNKNOWN, Phase.BODY);
    }
  }

  @Test
  void it_ends_a_body_that_does_not_begin() {
    Answer late = Answer.of(200, "late").bodyDelay(HANGING.plus(SECOND));
    try (TestServer server = TestServer.start(r -> late);
        BelayClient client = BelayClient.builder().build()) {
      expectDeadline(client, server.url("/"), Outcome.UNKNOWN, Phase.BODY);
    }
  }

  @Test
  void it_ends_a_wait_for_a_connection() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().maxConnections(1).build()) {
      var holding = client.sendAsync(Requests.get(server), Answers.text());
      server.awaitRequests(1, Duration.ofSeconds(5));
      expectDeadline(client, server.url("/"), Outcome.NOT_SENT, Phase.POOL);
      assertThat(holding.cancel(true)).isTrue();
    }
  }

  @Test
  void it_takes_the_permits_of_a_response_that_nobody_closed(TestServer server) throws Exception {
    CallOptions longEnough = CallOptions.deadline(HANGING);
    try (BelayClient client = BelayClient.builder().maxCallsInFlight(1).build()) {
      assertThat(client.send(Requests.get(server), Answers.text(), longEnough)).isEqualTo("ok");
      try (Response forgotten = client.open(Requests.get(server), SHORT)) {
        assertThat(forgotten.code()).isEqualTo(200);
        assertThat(client.send(Requests.get(server), Answers.text(), longEnough)).isEqualTo("ok");
      }
    }
  }

  @Test
  void it_is_kept_while_others_are_far_away() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build()) {
      var far = client.sendAsync(Requests.get(server), Answers.text());
      server.awaitRequests(1, Duration.ofSeconds(5));
      for (int i = 0; i < 2; i++) { // the second begins right after a look
        var near = client.sendAsync(Requests.get(server), Answers.text(), SOON);
        assertThatThrownBy(() -> near.get(HANGING.toSeconds(), TimeUnit.SECONDS))
            .cause()
            .isInstanceOfSatisfying(
                DeadlineExceededException.class,
                e -> assertThat(e.elapsed()).isLessThan(BEFORE_NEXT_LOOK));
      }
      assertThat(far.cancel(true)).isTrue();
    }
  }

  @Test
  void a_time_out_names_the_limit_that_ended_it() throws IOException {
    try (DeafServer server = DeafServer.listening();
        BelayClient client =
            BelayClient.builder()
                .retry(RetryPolicy.none())
                .readTimeout(Duration.ofSeconds(20))
                .writeTimeout(Duration.ofMillis(345))
                .build()) {
      String url = "http://" + server.host() + ":" + server.port() + "/1";
      Request upload = new Request.Builder().url(url).post(new EndlessBody()).build();
      assertThatThrownBy(() -> client.send(upload, Answers.discard()))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining("moved no byte for 345 ms");
    }
  }

  @Test
  void it_ends_a_look_up_that_hangs() {
    CountDownLatch end = new CountDownLatch(1);
    try (BelayClient client = BelayClient.builder().dns(host -> hang(end)).build()) {
      expectDeadline(client, "http://slow.test/", Outcome.NOT_SENT, Phase.DNS);
      end.countDown();
    }
  }

  private static java.util.List<java.net.InetAddress> hang(CountDownLatch end)
      throws UnknownHostException {
    try {
      boolean unused = end.await(HANGING.toSeconds() + 1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UnknownHostException("never");
  }

  private static void expectDeadline(BelayClient client, String url, Outcome outcome, Phase phase) {
    Throwable failure = catchThrowable(() -> client.send(Requests.get(url), Answers.text(), SHORT));
    assertThat(failure)
        .isInstanceOfSatisfying(
            DeadlineExceededException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(outcome);
              assertThat(e.elapsed()).isBetween(SECOND, HANGING);
              assertThat(e.phase()).isEqualTo(phase);
            });
  }
}
