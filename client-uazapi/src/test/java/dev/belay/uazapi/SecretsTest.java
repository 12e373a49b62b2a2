package dev.belay.uazapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.belay.client.RetryPolicy;
import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NoLeaks
class SecretsTest {
  private static final String TOKEN = "s3cret-0a1b-4c2d-token";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"echo\":\"%s\"}",
        "200 | %s",
        "200 | {\"messageid\":\"3EB01\",\"status\":\"%s\",\"id\":\"1:%s\"}",
        "200 | {\"instance\":{\"status\":\"%s\",\"lastDisconnectReason\":\"%s\"}}",
        "200 | {\"instance\":{\"name\":\"%s\"},\"status\":{\"jid\":\"%s\"}}",
        "302 | %s",
        "400 | {\"error\":\"%s is wrong\"}",
        "401 | {\"error\":\"Invalid token x%sx\"}",
        "401 | {\"token\":\"%s\",\"other\":1}",
        "404 | <html>no route for %s</html>",
        "500 | {\"error\":true,\"message\":\"%s\"}",
        "503 | %s"
      })
  void an_echoed_token_is_nowhere(int status, String body) throws Exception {
    String echo = body.replace("%s", TOKEN);
    assertThat(shown(Answer.of(status, echo))).doesNotContainIgnoringCase(TOKEN);
    assertThat(shown(Answer.of(status, echo.toUpperCase(Locale.ROOT))))
        .doesNotContainIgnoringCase(TOKEN);
  }

  @Test
  void a_token_is_in_no_failure_of_the_network() throws Exception {
    assertThat(shown(Answer.hangUp())).doesNotContain(TOKEN);
    assertThat(shown(Answer.truncated(200, TOKEN, 3))).doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n",
        "HTTP/1.1 200 OK\r\n%s\r\n\r\n",
        "HTTP/1.1 200 OK\r\na\u0001%s: %s\r\n\r\n",
        "HTTP/1.1 200 OK\r\na: %s\u0001\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n"
      })
  void a_token_in_a_garbled_answer_is_nowhere(String answer) throws Exception {
    assertThat(shown(raw(answer.replace("%s", TOKEN)))).doesNotContain(TOKEN);
  }

  private static Answer raw(String answer) {
    return Answer.raw(answer.getBytes(StandardCharsets.ISO_8859_1)).closeAfter();
  }

  /** Everything that can be seen of a client and of its calls. */
  private static String shown(Answer answer) throws Exception {
    try (TestServer server = TestServer.start(request -> answer)) {
      UazapiClientBuilder builder =
          UazapiClient.builder(server.url("/"), TOKEN)
              .client(http -> http.retry(RetryPolicy.none()));
      try (UazapiClient client = builder.build()) {
        SendResult sent = client.send().text(Samples.NUMBER, "hi");
        Throwable failure = catchThrowable(sent::orThrow);
        return String.join(
            "\n",
            builder.toString(),
            client.toString(),
            sent.toString(),
            failure == null ? "" : Samples.printed(failure) + serialised(failure),
            client.testConnection().toString(),
            status(client));
      }
    }
  }

  private static String status(UazapiClient client) {
    try {
      return client.instance().status().toString();
    } catch (UazapiException e) {
      return Samples.printed(e);
    }
  }

  private static String serialised(Throwable failure) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void a_short_token_does_not_eat_innocent_words() {
    Token token = Token.of("in");
    assertThat(token.hideIn("invalid token in use")).isEqualTo("invalid token *** use");
  }

  @Test
  void secret_fields_and_phone_numbers_are_masked() {
    String body = "{\"openai_apikey\" : \"sk-1\",\"owner\":\"5500900000001\",\"code\":463}";
    assertThat(Excerpt.of(body))
        .isEqualTo("{\"openai_apikey\" : \"***\",\"owner\":\"***01\",\"code\":463}");
  }
}
