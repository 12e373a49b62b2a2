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
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The events of one call come in the order of OkHttp, whether it connects or not. */
@NoLeaks
class CallEventsTest {
  private static final String CONNECTS = "proxySelectStart proxySelectEnd connectStart connectEnd ";
  private static final String HEAD = "connectionAcquired requestHeadersStart requestHeadersEnd ";
  private static final String ANSWER =
      "responseHeadersStart responseHeadersEnd responseBodyStart responseBodyEnd ";
  private static final String END = "connectionReleased callEnd";

  @ParameterizedTest
  @EnumSource
  void of_a_get(CallKind kind, TestServer server) throws IOException {
    try (CallKind.Calls calls = kind.start()) {
      Request request = Requests.get(server);
      assertThat(eventsOf(calls, request)).isEqualTo("callStart " + CONNECTS + HEAD + ANSWER + END);
      assertThat(eventsOf(calls, request)).isEqualTo("callStart " + HEAD + ANSWER + END);
    }
  }

  private static String eventsOf(CallKind.Calls calls, Request request) throws IOException {
    Call call = calls.newCall(request);
    EventNames events = EventNames.of(call);
    try (Response response = call.execute()) {
      assertThat(response.body().string()).isEqualTo("ok");
    }
    return events.names();
  }

  @ParameterizedTest
  @EnumSource
  void of_a_post(CallKind kind, TestServer server) throws IOException {
    String body = "requestBodyStart requestBodyEnd ";
    try (CallKind.Calls calls = kind.start()) {
      assertThat(eventsOf(calls, Requests.post(server)))
          .isEqualTo("callStart " + CONNECTS + HEAD + body + ANSWER + END);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_one_that_was_enqueued(CallKind kind, TestServer server) throws Exception {
    try (CallKind.Calls calls = kind.start()) {
      Call call = calls.newCall(Requests.get(server));
      EventNames events = EventNames.of(call);
      CompletableFuture<String> text = new CompletableFuture<>();
      call.enqueue(new Completing(text));
      assertThat(text.get(5, TimeUnit.SECONDS)).isEqualTo("ok");
      assertThat(events.names()).isEqualTo("callStart " + CONNECTS + HEAD + ANSWER + END);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_a_body_that_is_closed_early(CallKind kind) throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "x".repeat(1_000_000)));
        CallKind.Calls calls = kind.start()) {
      Call call = calls.newCall(Requests.get(server));
      EventNames events = EventNames.of(call);
      try (Response response = call.execute()) {
        assertThat(response.code()).isEqualTo(200);
      }
      assertThat(events.names()).isEqualTo("callStart " + CONNECTS + HEAD + ANSWER + END);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_a_server_that_hangs_up(CallKind kind) throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.hangUp());
        CallKind.Calls calls = kind.start()) {
      Call call = calls.newCall(Requests.get(server));
      EventNames events = EventNames.of(call);
      assertThatThrownBy(call::execute).isInstanceOf(IOException.class);
      assertThat(events.names())
          .isEqualTo(
              "callStart " + CONNECTS + HEAD + "responseFailed connectionReleased callFailed");
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_a_server_that_cannot_be_reached(CallKind kind) throws IOException {
    try (CallKind.Calls calls = kind.start()) {
      Call call = calls.newCall(Requests.get("http://127.0.0.1:1/"));
      EventNames events = EventNames.of(call);
      assertThatThrownBy(call::execute).isInstanceOf(IOException.class);
      assertThat(events.names())
          .isEqualTo(
              "callStart proxySelectStart proxySelectEnd connectStart connectFailed callFailed");
    }
  }

  /** Whether the canceller or the cancelled speaks first is open in OkHttp too. */
  @ParameterizedTest
  @EnumSource
  void of_one_that_is_cancelled(CallKind kind) throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        CallKind.Calls calls = kind.start()) {
      Call call = calls.newCall(Requests.get(server));
      EventNames events = EventNames.of(call);
      CompletableFuture<String> text = new CompletableFuture<>();
      call.enqueue(new Completing(text));
      server.awaitRequests(1, Duration.ofSeconds(5));
      call.cancel();
      assertThatThrownBy(() -> text.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
      assertThat(events.names()).contains("canceled");
      assertThat(events.names().replaceFirst(" canceled", ""))
          .isEqualTo(
              "callStart " + CONNECTS + HEAD + "responseFailed connectionReleased callFailed");
    }
  }
}
