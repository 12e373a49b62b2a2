package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NoLeaks
class Http2Test {
  private static final int MANY = 20;

  /** Codes of RFC 9113 section 7. */
  private static final int INTERNAL_ERROR = 2;

  private static final int REFUSED_STREAM = 7;

  private final Http2Server server = Http2Server.start();

  Http2Test() throws IOException {}

  @AfterEach
  void stop() {
    server.close();
  }

  private static BelayClient client(int connections) {
    return Wire.HTTP_2
        .applyTo(BelayClient.builder())
        .maxConnections(connections)
        .maxCallsInFlight(1_000)
        .build();
  }

  private List<CompletableFuture<String>> sendAll(Caller client, String path, int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> client.sendAsync(server.get(path), Answers.text()))
        .toList();
  }

  @Test
  void a_cold_burst_opens_one_connection_that_carries_all_of_it() throws IOException {
    try (BelayClient client = client(10)) {
      List<CompletableFuture<String>> calls = sendAll(client, "/wait", MANY);
      awaitRequests(MANY);
      server.release();
      assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("/wait"));
      assertThat(server.connections()).isEqualTo(1);
      assertThat(client.snapshot().totals().opened()).isEqualTo(1);
      Evidence.record("4.2 cold burst of 20 to an HTTP/2 origin: connections", "1");
    }
  }

  private void awaitRequests(int number) {
    while (server.requests() < number) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_cancelled_call_leaves_those_beside_it_alone() {
    try (BelayClient client = client(1)) {
      List<CompletableFuture<String>> calls = sendAll(client, "/wait", 4);
      awaitRequests(4);
      for (CompletableFuture<String> cancelled : calls.subList(0, 2)) {
        assertThat(cancelled.cancel(true)).isTrue();
      }
      server.release();
      assertThat(calls.get(2).join() + calls.get(3).join()).isEqualTo("/wait/wait");
      assertThat(client.sendAsync(server.get("/"), Answers.text()).join()).isEqualTo("/");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_stream_that_the_server_resets_ends_one_call_whose_outcome_is_unknown() {
    try (BelayClient client = withoutRetry()) {
      CompletableFuture<String> beside = client.sendAsync(server.get("/wait"), Answers.text());
      awaitRequests(1);
      server.resetNext(INTERNAL_ERROR);
      assertThatThrownBy(() -> client.send(server.get("/"), Answers.text()))
          .isInstanceOfSatisfying(
              ConnectionLostException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
      server.release();
      assertThat(beside.join()).isEqualTo("/wait");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_body_whose_stream_the_server_resets_is_lost_like_one_whose_connection_breaks() {
    try (BelayClient client = withoutRetry()) {
      assertThatThrownBy(() -> client.send(server.get("/broken"), Answers.text()))
          .isInstanceOfSatisfying(
              ConnectionLostException.class,
              e -> {
                assertThat(e.phase()).isEqualTo(Phase.BODY);
                assertThat(e.status()).hasValue(200);
              });
    }
  }

  /** RFC 9113 section 8.7; whatever the policy, as the server has not looked at the request. */
  @Test
  void a_refused_stream_is_replayed_once_at_once() {
    try (BelayClient client = withoutRetry()) {
      Request post = server.get("/").newBuilder().post(Requests.body("hello")).build();
      assertThat(client.sendAsync(post, Answers.text()).join()).isEqualTo("/");
      server.resetNext(REFUSED_STREAM);
      assertThat(client.sendAsync(post, Answers.text()).join()).isEqualTo("/");
      for (int i = 0; i < 4; i++) {
        server.resetNext(REFUSED_STREAM); // one may be spent on the start of a connection
      }
      assertThatThrownBy(() -> client.send(post, Answers.text()))
          .isInstanceOfSatisfying(
              CallFailedException.class,
              e -> {
                assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT);
                assertThat(e.attempts()).isEqualTo(2);
                assertThat(e.getSuppressed()).hasSize(1);
              });
    }
  }

  @Test
  void what_an_interceptor_sent_before_a_refused_stream_may_have_been_looked_at() throws Exception {
    Interceptor insists =
        chain -> {
          try {
            return chain.proceed(chain.request());
          } catch (SocketTimeoutException e) {
            server.resetNext(REFUSED_STREAM);
            return chain.proceed(chain.request());
          }
        };
    try (BelayClient client =
        Wire.HTTP_2
            .applyTo(BelayClient.builder())
            .readTimeout(Duration.ofMillis(500))
            .retry(RetryPolicy.none())
            .interceptor(insists)
            .build()) {
      assertThat(client.send(server.get("/"), Answers.text())).isEqualTo("/"); // and no handshake
      Request post = server.get("/wait").newBuilder().post(Requests.body("hello")).build();
      assertThatThrownBy(() -> client.send(post, Answers.text()))
          .isInstanceOfSatisfying(
              ConnectionLostException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
      awaitRequests(3);
    }
  }

  private static BelayClient withoutRetry() {
    return Wire.HTTP_2
        .applyTo(BelayClient.builder())
        .maxConnections(1)
        .retry(RetryPolicy.none())
        .build();
  }

  @Test
  void no_more_calls_run_than_the_server_lets_its_connections_carry() {
    try (Http2Server narrow = server.maxStreams(3);
        BelayClient client = client(2)) {
      assertThat(sendAll(client, "/", 1).get(0).join()).isEqualTo("/");
      assertThat(sendAll(client, "/", 100))
          .allSatisfy(call -> assertThat(call.join()).isEqualTo("/"));
      assertThat(narrow.connections()).isLessThanOrEqualTo(2);
      assertThat(client.snapshot().totals().opened()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void a_server_that_lets_a_connection_carry_one_call_gets_one_at_a_time() {
    try (Http2Server narrow = server.maxStreams(1);
        BelayClient client = client(1)) {
      assertThat(sendAll(client, "/", 1).get(0).join()).isEqualTo("/");
      assertThat(sendAll(client, "/", MANY))
          .allSatisfy(call -> assertThat(call.join()).isEqualTo("/"));
      assertThat(narrow.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_connection_that_the_server_is_leaving_ends_with_its_calls_and_another_follows() {
    try (BelayClient client = client(1)) {
      CompletableFuture<String> beside = client.sendAsync(server.get("/slow"), Answers.text());
      awaitRequests(1);
      assertThat(client.sendAsync(server.get("/last"), Answers.text()).join()).isEqualTo("/last");
      CompletableFuture<String> after = client.sendAsync(server.get("/"), Answers.text());
      assertThat(beside.join()).isEqualTo("/slow");
      assertThat(after.join()).isEqualTo("/");
      assertThat(client.snapshot().open()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void a_connection_is_not_used_any_more_after_a_call_on_it_got_no_answer_in_time() {
    try (BelayClient client = client(2)) {
      CompletableFuture<String> beside = client.sendAsync(server.get("/wait"), Answers.text());
      awaitRequests(1);
      CallOptions hasty = CallOptions.deadline(Duration.ofMillis(100));
      assertThatThrownBy(() -> client.send(server.get("/wait"), Answers.text(), hasty))
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(client.sendAsync(server.get("/"), Answers.text()).join()).isEqualTo("/");
      assertThat(server.connections()).isEqualTo(2);
      server.release();
      assertThat(beside.join()).isEqualTo("/wait");
      assertThat(client.snapshot().open()).isEqualTo(1);
    }
  }

  @Test
  void a_connection_is_not_used_any_more_after_a_server_sent_more_than_was_allowed()
      throws Exception {
    try (BelayClient client =
        Wire.HTTP_2.applyTo(BelayClient.builder()).maxBodyBytes(1_000).build()) {
      assertThatThrownBy(() -> client.send(server.get("/flood"), Answers.text()))
          .isInstanceOf(AnswerTooLargeException.class);
      assertThat(client.send(server.get("/"), Answers.text())).isEqualTo("/");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void a_call_that_waits_for_a_thread_ends_at_its_deadline() throws Exception {
    try (BelayClient client = client(1)) {
      assertThat(client.send(server.get("/"), Answers.text())).isEqualTo("/");
      List<CompletableFuture<String>> busy = sendAll(client, "/wait", 1 + 1 + 16);
      CallOptions hasty = CallOptions.deadline(Duration.ofMillis(100));
      CompletableFuture<String> late = client.sendAsync(server.get("/wait"), Answers.text(), hasty);
      assertThatThrownBy(() -> late.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DeadlineExceededException.class);
      server.release();
      assertThat(busy).allSatisfy(call -> assertThat(call.join()).isEqualTo("/wait"));
    }
  }

  @Test
  void a_body_that_is_closed_early_costs_no_connection() throws Exception {
    try (BelayClient client = client(1)) {
      for (int i = 0; i < 3; i++) {
        try (Response response = client.open(server.get("/long"))) {
          assertThat(response.body().source().readByte()).isEqualTo((byte) 'x');
        }
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_busy_connection_is_left_to_go_idle_for_a_call_to_another_server() throws Exception {
    try (Http2Server other = Http2Server.start();
        BelayClient client = client(1)) {
      List<CompletableFuture<String>> busy = sendAll(client, "/slow", 4);
      awaitRequests(4);
      CompletableFuture<String> elsewhere = client.sendAsync(other.get("/"), Answers.text());
      List<CompletableFuture<String>> more = sendAll(client, "/slow", 100);
      assertThat(elsewhere.join()).isEqualTo("/");
      assertThat(more.stream().filter(CompletableFuture::isDone).count()).isLessThan(100);
      assertThat(busy).allSatisfy(call -> assertThat(call.join()).isEqualTo("/slow"));
      assertThat(more).allSatisfy(call -> assertThat(call.join()).isEqualTo("/slow"));
    }
  }

  @Test
  void a_server_without_http_2_gets_as_many_connections_as_before() throws Exception {
    try (Http2Server old = Http2Server.startOld();
        BelayClient client = client(5)) {
      List<CompletableFuture<String>> calls =
          IntStream.range(0, 5)
              .mapToObj(i -> client.sendAsync(old.get("/wait"), Answers.text()))
              .toList();
      while (old.requests() < 5) {
        Thread.onSpinWait();
      }
      old.release();
      assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("/wait"));
      assertThat(old.connections()).isEqualTo(5);
    }
  }
}
