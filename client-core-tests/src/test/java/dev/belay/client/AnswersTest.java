package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NoLeaks
class AnswersTest {
  @Test
  void text_bytes_and_nothing(TestServer server) throws IOException {
    try (BelayClient client = BelayClient.builder().build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      assertThat(client.send(Requests.get(server), Answers.bytes())).containsExactly('o', 'k');
      assertThat(client.send(Requests.get(server), Answers.discard())).isNull();
      assertThat(server.totalConnections()).isEqualTo(1);
    }
  }

  @Test
  void a_file_appears_whole_or_not_at_all(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("answer");
    try (TestServer server =
            TestServer.start(
                r ->
                    r.path().equals("/get")
                        ? Answer.of(200, "whole")
                        : Answer.truncated(200, "half", 4));
        BelayClient client = BelayClient.builder().build()) {
      assertThat(client.send(Requests.get(server), Answers.toFile(target))).hasContent("whole");
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.toFile(target)))
          .isInstanceOf(ConnectionLostException.class);
      assertThat(target).hasContent("whole");
      try (var files = Files.list(folder)) {
        assertThat(files).containsExactly(target);
      }
    }
  }

  @Test
  void any_other_status_is_a_failure_that_keeps_the_beginning_of_the_body() {
    try (TestServer server = TestServer.start(r -> Answer.of(404, "no such " + r.path()));
        BelayClient client = BelayClient.builder().build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              UnexpectedStatusException.class,
              e -> {
                assertThat(e.status()).hasValue(404);
                assertThat(e.outcome()).isEqualTo(Outcome.REJECTED);
                assertThat(e.body()).isEqualTo("no such /get");
                assertThat(e).hasMessageNotContaining("no such");
              });
    }
  }
}
