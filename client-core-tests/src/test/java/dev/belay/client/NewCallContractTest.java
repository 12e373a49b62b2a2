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
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users of OkHttp expect of a call, of whichever client. */
@NoLeaks
class NewCallContractTest {
  @ParameterizedTest
  @EnumSource
  void it_runs_once_and_its_clone_once_more(CallKind kind, TestServer server) throws IOException {
    try (CallKind.Calls calls = kind.start()) {
      Call call = calls.newCall(Requests.get(server));
      assertThat(call.isExecuted()).isFalse();
      assertThat(textOf(call)).isEqualTo("ok");
      assertThat(call.isExecuted()).isTrue();
      assertThat(call.isCanceled()).isFalse();
      assertThatThrownBy(call::execute).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> call.enqueue(new Completing(new CompletableFuture<>())))
          .isInstanceOf(IllegalStateException.class);
      Call clone = call.clone();
      assertThat(clone.isExecuted()).isFalse();
      assertThat(clone.request()).isSameAs(call.request());
      assertThat(textOf(clone)).isEqualTo("ok");
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  private static String textOf(Call call) throws IOException {
    try (Response response = call.execute()) {
      return response.body().string();
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_that_was_cancelled_sends_nothing_and_its_clone_is_free(CallKind kind, TestServer server)
      throws IOException {
    try (CallKind.Calls calls = kind.start()) {
      Call call = calls.newCall(Requests.get(server));
      call.cancel();
      call.cancel();
      assertThat(call.isCanceled()).isTrue();
      assertThatThrownBy(call::execute).isInstanceOf(IOException.class);
      assertThat(server.requests()).isZero();
      assertThat(call.clone().isCanceled()).isFalse();
      assertThat(textOf(call.clone())).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_that_is_cancelled_while_it_runs_fails_and_loses_its_connection(CallKind kind)
      throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        CallKind.Calls calls = kind.start()) {
      CompletableFuture<String> text = new CompletableFuture<>();
      Call call = calls.newCall(Requests.get(server));
      call.enqueue(new Completing(text));
      assertThat(call.isExecuted()).isTrue();
      server.awaitRequests(1, Duration.ofSeconds(5));
      call.cancel();
      assertThatThrownBy(() -> text.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
      assertThat(call.isCanceled()).isTrue();
      server.awaitOpenConnections(0, Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_cancel_ends_the_reading_of_a_body(CallKind kind) throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "x".repeat(1_000_000)));
        CallKind.Calls calls = kind.start()) {
      Call call = calls.newCall(Requests.get(server));
      try (Response response = call.execute()) {
        assertThat(response.code()).isEqualTo(200);
        call.cancel();
        assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void its_time_out_covers_all_of_it(CallKind kind) throws IOException {
    expectTimeOut(kind, timeout -> timeout.timeout(200, TimeUnit.MILLISECONDS));
    expectTimeOut(kind, timeout -> timeout.deadline(200, TimeUnit.MILLISECONDS));
    expectTimeOut(
        kind,
        timeout ->
            timeout.timeout(1, TimeUnit.HOURS).deadlineNanoTime(System.nanoTime() + 200_000_000));
  }

  private static void expectTimeOut(CallKind kind, Consumer<Timeout> setting) throws IOException {
    try (TestServer server =
            TestServer.start(r -> Answer.of(200, "ok").bodyDelay(Duration.ofSeconds(20)));
        CallKind.Calls calls = kind.start()) {
      Call call = calls.newCall(Requests.get(server));
      setting.accept(call.timeout());
      long start = System.nanoTime();
      assertThatThrownBy(() -> textOf(call)).isInstanceOf(IOException.class);
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }
  }

  @ParameterizedTest
  @EnumSource
  void request_and_tag_survive_and_the_body_can_be_sent_again(CallKind kind, TestServer server)
      throws IOException {
    Duration tag = Duration.ofDays(1);
    Request request = Requests.post(server).newBuilder().tag(Duration.class, tag).build();
    try (CallKind.Calls calls = kind.start()) {
      Call call = calls.newCall(request);
      assertThat(call.request()).isSameAs(request);
      assertThat(call.tag(Duration.class)).isSameAs(tag);
      try (Response response = call.execute()) {
        assertThat(response.request()).isSameAs(request);
        Request again = response.request().newBuilder().header("X-Again", "1").build();
        assertThat(again.tag(Duration.class)).isSameAs(tag);
        assertThat(textOf(calls.newCall(again))).isEqualTo("ok");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_response_may_be_closed_later_by_another_thread(CallKind kind, TestServer server)
      throws Exception {
    try (CallKind.Calls calls = kind.start()) {
      CompletableFuture<Response> kept = new CompletableFuture<>();
      calls.newCall(Requests.get(server)).enqueue(callback(kept::complete));
      try (Response response = kept.get(5, TimeUnit.SECONDS)) {
        assertThat(response.body().string()).isEqualTo("ok");
      }
      assertThat(textOf(calls.newCall(Requests.get(server)))).isEqualTo("ok");
      assertThat(server.totalConnections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_callback_that_throws_with_the_response_open_has_cancelled_its_call(CallKind kind)
      throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "x".repeat(1_000_000)));
        Uncaught uncaught = new Uncaught();
        CallKind.Calls calls = kind.start()) {
      Call call = calls.newCall(Requests.get(server));
      call.enqueue(callback(NewCallContractTest::fail));
      server.awaitRequests(1, Duration.ofSeconds(5));
      server.awaitOpenConnections(0, Duration.ofSeconds(5));
      assertThat(call.isCanceled()).isTrue();
      assertThat(uncaught.first()).hasMessage("thrown by a callback");
    }
  }

  private static void fail(Response response) {
    throw new IllegalStateException("thrown by a callback");
  }

  private static Callback callback(Consumer<Response> answered) {
    return new Callback() {
      @Override
      public void onFailure(Call call, IOException e) {
        throw new AssertionError(e);
      }

      @Override
      public void onResponse(Call call, Response response) {
        answered.accept(response);
      }
    };
  }
}
