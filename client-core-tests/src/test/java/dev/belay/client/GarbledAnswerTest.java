package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NoLeaks
class GarbledAnswerTest {
  private static final String SECRET = "abad1dea5ec7e7";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SECRET\r\n\r\n",
        "HTTP/1.1 SECRET\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nSECRET zz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz SECRET\r\n",
        "HTTP/1.1 204 OK\r\nContent-Length: 7\r\n\r\n1234567",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"
      })
  void it_is_typed_and_quotes_nothing_that_the_server_said(String raw) {
    byte[] bytes = raw.replace("SECRET", SECRET).getBytes(StandardCharsets.US_ASCII);
    try (TestServer server = TestServer.start(r -> Answer.raw(bytes).closeAfter());
        BelayClient client = BelayClient.builder().build()) {
      Throwable failure = catchThrowable(() -> client.send(Requests.post(server), Answers.text()));
      assertThat(failure).isInstanceOf(CallFailedException.class);
      assertThat(((CallFailedException) failure).outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(textOf(failure)).doesNotContain(SECRET);
      assertThat(client.snapshot().leased()).isZero();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void a_length_below_zero_leaves_nothing_open() {
    byte[] negative =
        "HTTP/1.1 404 No\r\nContent-Length: -5\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (TestServer server = TestServer.start(r -> Answer.raw(negative).closeAfter());
        BelayClient client =
            BelayClient.builder().retry(RetryPolicy.none()).maxCallsInFlight(1).build()) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
            .isInstanceOf(BadAnswerException.class);
        assertThat(client.snapshot().leased()).isZero();
      }
    }
  }

  @Test
  void what_comes_behind_an_answer_is_not_taken_for_the_next_one() throws IOException {
    String two =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            + "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled";
    byte[] bytes = two.getBytes(StandardCharsets.US_ASCII);
    try (TestServer server =
            TestServer.start(
                r -> r.path().equals("/two") ? Answer.raw(bytes) : Answer.of(200, "mine"));
        BelayClient client = BelayClient.builder().build()) {
      assertThat(client.send(Requests.get(server.url("/two")), Answers.text())).isEqualTo("ok");
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("mine");
      assertThat(client.send(Requests.get(server.url("/two")), Answers.text())).isEqualTo("ok");
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.text()))
          .isInstanceOfSatisfying(
              BadAnswerException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
    }
  }

  private static String textOf(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
