package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does what the table of docs/retries.md tells, and looks whether that happens. */
@NoLeaks
class RetriesDocumentTest {
  private static final Duration SOON = Duration.ofMillis(200);

  @ParameterizedTest
  @MethodSource("rows")
  void the_table_of_retries_is_what_happens(String what, List<String> row) throws IOException {
    for (String method : List.of("GET", "POST")) {
      CallFailedException failure = provoke(what, method);
      String expected = row.get(method.equals("GET") ? 2 : 3);
      assertThat(failure.outcome().name()).as("outcome of " + method).isEqualTo(row.get(1));
      assertThat(failure.attempts() == 2 ? "yes" : "no").as(method).isEqualTo(expected);
    }
  }

  static Stream<Object[]> rows() throws IOException {
    return Documents.table("retries.md").entrySet().stream()
        .map(row -> new Object[] {row.getKey(), row.getValue()});
  }

  private static CallFailedException provoke(String what, String method) throws IOException {
    RetryPolicy twice =
        RetryPolicy.builder()
            .maxAttempts(2)
            .backOff(Duration.ZERO)
            .throttledBackOff(Duration.ZERO)
            .build();
    RequestBody body = method.equals("POST") ? RequestBody.create("x", null) : null;
    try (TestServer server = TestServer.start(r -> answer(what));
        BelayClient client = BelayClient.builder().retry(twice).readTimeout(SOON).build()) {
      String url = what.contains("no connection") ? refusing() : server.url("/provoke");
      Request request = new Request.Builder().url(url).method(method, body).build();
      return catchThrowableOfType(
          CallFailedException.class, () -> client.send(request, Answers.text()));
    }
  }

  private static String refusing() {
    try (TestServer gone = TestServer.start(r -> Answer.stall())) {
      return gone.url("/");
    }
  }

  private static Answer answer(String what) {
    if (what.startsWith("101")) {
      return Answer.raw("HTTP/1.1 101\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    if (Character.isDigit(what.charAt(0))) {
      Answer plain = Answer.of(Integer.parseInt(what.substring(0, 3)));
      return what.contains("with Retry-After") ? plain.header("Retry-After", "0") : plain;
    }
    if (what.contains("silence")) {
      return Answer.stall();
    }
    if (what.contains("not HTTP")) {
      return Answer.raw("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return what.contains("body") ? Answer.truncated(200, "half", 4) : Answer.hangUp();
  }
}
