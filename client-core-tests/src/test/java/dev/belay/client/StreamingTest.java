package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Protocol;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class StreamingTest {
  private static final Duration BETWEEN = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  private static Answer ticks(int number) {
    return Answer.of(200, "x".repeat(number)).inPieces(1).bodyDelay(BETWEEN);
  }

  @Test
  void it_goes_on_beyond_the_deadline_and_the_limit_of_the_body() throws IOException {
    try (TestServer server = TestServer.start(r -> ticks(20));
        BelayClient client = BelayClient.builder().deadline(SHORT).maxBodyBytes(5).build()) {
      CallOptions stream = CallOptions.streaming(LONG);
      try (Response response = client.open(Requests.get(server), stream)) {
        assertThat(BelayClient.remaining(response)).isGreaterThan(Duration.ofDays(365));
        assertThat(response.body().string()).hasSize(20);
      }
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOf(CallFailedException.class);
    }
  }

  @Test
  void silence_ends_it() {
    Answer pausing = Answer.of(200, "x".repeat(10)).inPieces(5).bodyDelay(LONG);
    try (TestServer server = TestServer.start(r -> pausing);
        BelayClient client = BelayClient.builder().build()) {
      CallOptions stream = CallOptions.streaming(SHORT);
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text(), stream))
          .isInstanceOfSatisfying(
              DeadlineExceededException.class,
              e -> {
                assertThat(e).hasMessageContaining("moved no byte for 300 ms");
                assertThat(e.status()).hasValue(200);
              });
    }
  }

  @Test
  void silence_ends_it_on_http_2_too() throws IOException {
    try (Http2Server server = Http2Server.start();
        BelayClient client = Wire.HTTP_2.applyTo(BelayClient.builder()).build()) {
      assertThat(client.send(server.get("/"), Answers.text())).isEqualTo("/");
      CallOptions stream = CallOptions.streaming(SHORT).withRetry(RetryPolicy.none());
      assertThatThrownBy(() -> client.send(server.get("/wait"), Answers.text(), stream))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining("moved no byte for 300 ms");
    }
  }

  @Test
  void the_head_has_to_come_within_the_deadline() {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().deadline(SHORT).build()) {
      assertThatThrownBy(
              () -> client.open(Requests.get(server), CallOptions.streaming(LONG)).close())
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining("within its deadline of 300 ms");
    }
  }

  @Test
  void streams_and_calls_have_permits_of_their_own() throws Exception {
    try (TestServer server =
            TestServer.start(
                r -> r.path().equals("/stream") ? ticks(1_000) : Answer.of(200, "ok"));
        BelayClient client =
            BelayClient.builder()
                .maxCallsInFlight(1)
                .maxConcurrentAttempts(1)
                .maxStreams(1)
                .build()) {
      CallOptions stream = CallOptions.streaming(LONG);
      CompletableFuture<String> second;
      try (Response open = client.open(Requests.get(server.url("/stream")), stream)) {
        assertThat(open.code()).isEqualTo(200);
        assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
        second = client.sendAsync(Requests.get(server), Answers.text(), stream);
        assertThat(second).as("waits for the one permit").isNotDone();
      }
      assertThat(second.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("ok");
    }
  }

  @Test
  void nobody_is_warned_that_a_stream_is_held_for_long() throws Exception {
    try (TestServer server = TestServer.start(r -> ticks(10));
        BelayClient client =
            BelayClient.builder().ownPool(pool -> pool.leakThreshold(BETWEEN)).build()) {
      CallOptions stream = CallOptions.streaming(LONG);
      assertThat(client.send(Requests.get(server), Answers.text(), stream)).hasSize(10);
      assertThat(client.snapshot().totals().leaked()).isZero();
    }
  }

  @Test
  void a_close_ends_it() throws Exception {
    try (TestServer server = TestServer.start(r -> ticks(1_000));
        BelayClient client = BelayClient.builder().build();
        Response open = client.open(Requests.get(server), CallOptions.streaming(LONG))) {
      CloseReport report = client.close(Duration.ZERO);
      assertThat(report.cut()).hasSize(1);
      assertThatThrownBy(() -> open.body().string()).isInstanceOf(ClosedException.class);
    }
  }

  @Test
  void a_handler_sees_the_time_that_is_left() throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "ok"));
        BelayClient client = BelayClient.builder().deadline(LONG).build()) {
      Duration left = client.send(Requests.get(server), BelayClient::remaining);
      assertThat(left).isPositive().isLessThanOrEqualTo(LONG);
    }
    Response foreign =
        new Response.Builder()
            .request(Requests.get("http://localhost/"))
            .protocol(Protocol.HTTP_1_1)
            .code(200)
            .message("")
            .build();
    assertThatThrownBy(() -> BelayClient.remaining(foreign))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
