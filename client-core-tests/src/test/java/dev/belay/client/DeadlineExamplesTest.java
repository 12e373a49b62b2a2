package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;

/** The regions of docs/deadlines.md; see DocumentationTest. */
@NoLeaks
class DeadlineExamplesTest {
  @Test
  void a_client_and_a_call_have_a_deadline(TestServer server) throws IOException {
    Request request = Requests.get(server);
    Request report = Requests.get(server.url("/report"));
    // region deadline
    try (BelayClient client =
        BelayClient.builder()
            .deadline(Duration.ofSeconds(10)) // every call, from its start to the end of its body
            .readTimeout(Duration.ofSeconds(3)) // silence; it ends one attempt
            .build()) {
      client.send(request, Answers.discard());
      client.send(report, Answers.discard(), CallOptions.deadline(Duration.ofMinutes(2)));
    }
    // endregion deadline
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void a_handler_passes_on_what_is_left(TestServer server) throws IOException {
    Request order = Requests.post(server);
    Request receipt = Requests.get(server);
    try (BelayClient client = BelayClient.builder().build()) {
      // region remaining
      String both =
          client.send(
              order,
              response -> {
                String number = response.body().string(); // first, so that nothing is held
                CallOptions left = CallOptions.deadline(BelayClient.remaining(response));
                return number + client.send(receipt, Answers.text(), left);
              });
      // endregion remaining
      assertThat(both).isEqualTo("okok");
    }
  }

  @Test
  void a_stream_ends_by_silence() throws IOException {
    List<String> seen = new ArrayList<>();
    try (TestServer server = TestServer.start(r -> Answer.of(200, "data: 1\ndata: 2\n"));
        BelayClient client = BelayClient.builder().build()) {
      Request events = Requests.get(server);
      // region streaming
      CallOptions stream = CallOptions.streaming(Duration.ofMinutes(1)); // of silence
      try (Response response = client.open(events, stream)) {
        BufferedSource lines = response.body().source();
        for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
          seen.add(line);
        }
      }
      // endregion streaming
    }
    assertThat(seen).containsExactly("data: 1", "data: 2");
  }

  @Test
  void a_test_needs_a_short_deadline_and_a_server_that_stalls() {
    // region stall
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().deadline(Duration.ofMillis(200)).build()) {
      Request request = new Request.Builder().url(server.url("/")).build();
      assertThatThrownBy(() -> client.send(request, Answers.text()))
          .isInstanceOf(DeadlineExceededException.class);
    }
    // endregion stall
  }
}
