package dev.belay.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeSecretTest {
  private static final String SECRET = "s3cr3t-value";

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void a_secret_header_is_sent_and_not_shown(int status) throws Exception {
    try (TestServer server =
        TestServer.start(
            request -> Answer.of(SECRET.equals(request.header("token")) ? status : 401))) {
      Ran ran =
          Ran.probe(
              "--url",
              server.url("/"),
              "--mode",
              "open",
              "--leak",
              "1",
              "--attempts",
              "1",
              "--secret-header",
              "token: " + SECRET);
      assertThat(ran.calls().get(0).path("status").asInt()).isEqualTo(status);
      assertThat(ran.out() + ran.err()).doesNotContain(SECRET);
    }
  }

  @Test
  void a_secret_without_a_name_is_not_shown() throws Exception {
    assertNotShown("--secret-header", SECRET);
  }

  @Test
  void a_secret_that_cannot_be_sent_is_not_shown() throws Exception {
    assertNotShown("--secret-header", "token: " + SECRET + "\u0000");
  }

  @Test
  void a_secret_without_quotes_is_not_shown() throws Exception {
    assertNotShown("--secret-header", "token:", SECRET);
  }

  private static void assertNotShown(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 2];
    all[0] = "--url";
    all[1] = "http://127.0.0.1:9/";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    Ran ran = Ran.probe(all);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.out() + ran.err()).doesNotContain(SECRET);
  }
}
