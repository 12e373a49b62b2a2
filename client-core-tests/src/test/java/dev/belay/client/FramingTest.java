package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nobody can tell for sure where an answer ends, there is none. */
@NoLeaks
class FramingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -5",
        "Content-Length: five",
        "Content-Length: +5",
        "Content-Length: 5, 5",
        "Content-Length:",
        "Content-Length: 99999999999999999999",
        "Content-Length: 5|Content-Length: 6",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity|Content-Length: 5",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked"
      })
  void a_length_that_cannot_be_understood_is_no_answer(String headers) {
    try (TestServer server = TestServer.start(r -> answer(headers, "hello").closeAfter());
        BelayClient client = BelayClient.builder().build()) {
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.text()))
          .isInstanceOfSatisfying(
              BadAnswerException.class,
              e -> {
                assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
                assertThat(e.status()).hasValue(200);
              });
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void the_same_length_twice_is_one() throws IOException {
    try (TestServer server =
            TestServer.start(r -> answer("Content-Length: 5|Content-Length: 5", "hello"));
        BelayClient client = BelayClient.builder().build()) {
      assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("hello");
    }
  }

  @Test
  void of_chunks_and_a_length_the_chunks_count_and_the_connection_is_over() throws IOException {
    try (TestServer server =
            TestServer.start(
                r ->
                    answer(
                        "Transfer-Encoding: chunked|Content-Length: 3",
                        "5\r\nhello\r\n0\r\n\r\n"));
        BelayClient client = BelayClient.builder().build()) {
      for (int i = 1; i <= 2; i++) {
        assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("hello");
        assertThat(server.totalConnections()).isEqualTo(i);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"br,false", "'gzip, gzip',false", "zstd,false", "identity,true", "'',true"})
  void only_what_was_offered_is_decoded(String coding, boolean readable) throws IOException {
    try (TestServer server =
            TestServer.start(
                r -> answer("Content-Length: 5|Content-Encoding: " + coding, "hello"));
        BelayClient client = BelayClient.builder().build()) {
      if (readable) {
        assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("hello");
      } else {
        assertThatThrownBy(() -> client.send(Requests.post(server), Answers.text()))
            .isInstanceOf(BadAnswerException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "br"})
  void nothing_needs_no_decoding(String coding) throws IOException {
    try (TestServer server =
            TestServer.start(r -> answer("Content-Length: 0|Content-Encoding: " + coding, ""));
        BelayClient client = BelayClient.builder().build()) {
      assertThat(client.send(Requests.post(server), Answers.text())).isEmpty();
      assertThat(client.send(Requests.post(server), Answers.text())).isEmpty();
      assertThat(server.totalConnections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 5", "Transfer-Encoding: chunked"})
  void nobody_waits_for_the_body_of_a_304(String header) throws IOException {
    byte[] head = ("HTTP/1.1 304 -\r\n" + header + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    try (TestServer server = TestServer.start(r -> Answer.raw(head));
        BelayClient client = BelayClient.builder().deadline(Duration.ofSeconds(5)).build()) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.<String>send(Requests.get(server), r -> r.body().string())).isEmpty();
      }
    }
  }

  @Test
  void who_asks_for_a_coding_himself_gets_what_came() throws IOException {
    try (TestServer server =
            TestServer.start(r -> answer("Content-Length: 5|Content-Encoding: br", "hello"));
        BelayClient client = BelayClient.builder().build()) {
      Request request = Requests.get(server).newBuilder().header("Accept-Encoding", "br").build();
      assertThat(client.send(request, Answers.text())).isEqualTo("hello");
    }
  }

  private static Answer answer(String headers, String body) {
    String head = "HTTP/1.1 200 OK\r\n" + headers.replace("|", "\r\n") + "\r\n\r\n";
    return Answer.raw((head + body).getBytes(StandardCharsets.US_ASCII));
  }
}
