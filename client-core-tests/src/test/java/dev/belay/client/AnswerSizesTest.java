package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit of an answer, one below it, at it, and one above it. */
@NoLeaks
class AnswerSizesTest {
  private static final int LIMIT = 4_000;

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void a_body_is_limited(int more) throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "x".repeat(LIMIT + more)));
        BelayClient client = BelayClient.builder().maxBodyBytes(LIMIT).build()) {
      holds(more, () -> client.send(Requests.post(server), Answers.text()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void a_body_is_limited_as_it_is_decoded(int more) throws IOException {
    byte[] gzip = answer("Content-Encoding: gzip\r\n", gzip(LIMIT + more));
    try (TestServer server = TestServer.start(r -> Answer.raw(gzip));
        BelayClient client = BelayClient.builder().maxBodyBytes(LIMIT).build()) {
      holds(more, () -> client.send(Requests.post(server), Answers.text()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void an_answer_is_limited_as_it_is_on_the_wire(int more) throws IOException {
    byte[] bytes = answer("", new byte[300]);
    try (TestServer server = TestServer.start(r -> Answer.raw(bytes));
        BelayClient client = BelayClient.builder().maxWireBytes(bytes.length - more).build()) {
      holds(more, () -> client.send(Requests.post(server), Answers.bytes()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void a_head_is_limited(int more) throws IOException {
    String rest = "HTTP/1.1 200 OK" + "Content-Length: 0" + "X: ";
    int value = (int) Traces.LONGEST_HEAD - rest.length() + more;
    byte[] bytes = answer("X: " + "x".repeat(value) + "\r\n", new byte[0]);
    try (TestServer server = TestServer.start(r -> Answer.raw(bytes));
        BelayClient client = BelayClient.builder().build()) {
      holds(more, () -> client.send(Requests.post(server), Answers.text()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void the_body_of_an_error_is_kept_up_to_a_limit(int more) {
    int limit = 64 * 1024;
    try (TestServer server = TestServer.start(r -> Answer.of(500, "x".repeat(limit + more)));
        BelayClient client = BelayClient.builder().build()) {
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.text()))
          .isInstanceOfSatisfying(
              UnexpectedStatusException.class,
              e -> assertThat(e.body()).hasSize(Math.min(limit, limit + more)));
    }
  }

  private static void holds(int more, ThrowingCallable send) {
    if (more <= 0) {
      org.assertj.core.api.Assertions.assertThatCode(send).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(send)
          .isInstanceOfSatisfying(
              AnswerTooLargeException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
    }
  }

  private static byte[] answer(String headers, byte[] body) throws IOException {
    String head = "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(head.getBytes(StandardCharsets.US_ASCII));
    bytes.write(body);
    return bytes.toByteArray();
  }

  private static byte[] gzip(int zeros) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(new byte[zeros]);
    }
    return bytes.toByteArray();
  }
}
