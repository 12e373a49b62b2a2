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
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class NewCallTest {
  @Test
  void execute_hands_out_the_answer_once_and_clone_runs_again(TestServer server)
      throws IOException {
    try (BelayClient client = BelayClient.builder().build()) {
      Call call = client.newCall(Requests.get(server));
      try (Response response = call.execute()) {
        assertThat(response.body().string()).isEqualTo("ok");
      }
      assertThat(call.isExecuted()).isTrue();
      assertThatThrownBy(call::execute).isInstanceOf(IllegalStateException.class);
      try (Response again = call.clone().execute()) {
        assertThat(again.code()).isEqualTo(200);
      }
    }
  }

  @Test
  void enqueue_calls_back_with_an_open_answer(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().build()) {
      CompletableFuture<String> text = new CompletableFuture<>();
      client.newCall(Requests.get(server)).enqueue(new Completing(text));
      assertThat(text.get(5, TimeUnit.SECONDS)).isEqualTo("ok");
    }
  }

  @Test
  void cancel_ends_the_call_and_closes_its_connection() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build()) {
      CompletableFuture<String> text = new CompletableFuture<>();
      Call call = client.newCall(Requests.get(server));
      call.enqueue(new Completing(text));
      server.awaitRequests(1, Duration.ofSeconds(5));
      call.cancel();
      assertThatThrownBy(() -> text.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(CancelledException.class);
      assertThat(call.isCanceled()).isTrue();
      server.awaitOpenConnections(0, Duration.ofSeconds(1));
    }
  }

  @Test
  void a_call_that_is_cancelled_before_its_first_byte_was_not_sent(TestServer server) {
    EventListener cancelling =
        new EventListener() {
          @Override
          public void requestHeadersStart(Call call) {
            call.cancel();
          }
        };
    try (BelayClient client = BelayClient.builder().eventListener(call -> cancelling).build()) {
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.text()))
          .isInstanceOfSatisfying(
              CancelledException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT));
    }
    assertThat(server.requests()).isZero();
  }

  @Test
  void a_call_that_was_cancelled_before_it_ran_sends_nothing(TestServer server) {
    try (BelayClient client = BelayClient.builder().build()) {
      Call call = client.newCall(Requests.get(server));
      call.cancel();
      assertThatThrownBy(call::execute).isInstanceOf(CancelledException.class);
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void cancelling_a_call_whose_response_is_open_is_no_leak() throws Exception {
    try (LogLines logged = new LogLines();
        TestServer server = TestServer.start(r -> Answer.of(200, "x".repeat(1_000_000)));
        BelayClient client = BelayClient.builder().build()) {
      Call call = client.newCall(Requests.get(server));
      try (Response response = call.execute()) {
        call.cancel();
        server.awaitOpenConnections(0, Duration.ofSeconds(5));
        assertThat(response.code()).isEqualTo(200);
      }
      CloseReport unused = client.close(Duration.ofSeconds(1)); // waits for what is left to do
      assertThat(logged.of("dev.belay.client")).isEmpty();
    }
  }

  @Test
  void an_unchecked_exception_of_an_interceptor_is_the_cause_of_what_the_callback_gets(
      TestServer server) {
    IllegalStateException thrown = new IllegalStateException("thrown by an interceptor");
    Interceptor throwing =
        chain -> {
          throw thrown;
        };
    try (Uncaught uncaught = new Uncaught();
        BelayClient client = BelayClient.builder().interceptor(throwing).build()) {
      CompletableFuture<String> text = new CompletableFuture<>();
      client.newCall(Requests.get(server)).enqueue(new Completing(text));
      assertThatThrownBy(() -> text.get(5, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(IOException.class)
          .hasCause(thrown);
      assertThat(uncaught.seen()).isEmpty();
    }
  }

  @Test
  void its_time_out_brings_its_deadline_nearer_and_no_further() {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().deadline(Duration.ofMillis(200)).build()) {
      Call call = client.newCall(Requests.get(server));
      assertThat(call.timeout().timeoutNanos()).isEqualTo(200_000_000);
      call.timeout().timeout(1, TimeUnit.HOURS);
      assertThatThrownBy(call::execute).isInstanceOf(DeadlineExceededException.class);
    }
  }

  @Test
  void its_time_out_and_its_tag_are_its_deadline() {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build()) {
      Call timed = client.newCall(Requests.get(server));
      timed.timeout().timeout(100, TimeUnit.MILLISECONDS);
      assertThatThrownBy(timed::execute).isInstanceOf(DeadlineExceededException.class);
      Request tagged =
          Requests.get(server)
              .newBuilder()
              .tag(CallOptions.class, CallOptions.deadline(Duration.ofMillis(100)))
              .build();
      assertThatThrownBy(client.newCall(tagged)::execute)
          .isInstanceOf(DeadlineExceededException.class);
    }
  }
}
