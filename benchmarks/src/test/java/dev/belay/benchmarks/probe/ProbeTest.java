package dev.belay.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.TestServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ProbeTest {

  @ParameterizedTest
  @ValueSource(strings = {"send", "async", "open", "call"})
  void every_mode_prints_a_line_for_each_call_and_a_last_one(String mode) throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200, "hello"))) {
      Ran ran =
          Ran.probe(
              "--url",
              server.url("/"),
              "--mode",
              mode,
              "--count",
              "30",
              "--threads",
              "8",
              "--cap",
              "3");
      assertThat(ran.code()).isZero();
      assertThat(ran.calls()).hasSize(30).allSatisfy(ProbeTest::isGood);
      assertThat(ran.last().path("calls").asInt()).isEqualTo(30);
      assertThat(ran.last().path("failed").asInt()).isZero();
      assertThat(ran.last().path("snapshot").path("maxConnections").asInt()).isEqualTo(3);
      assertThat(ran.last().path("close").path("clean").asBoolean()).isTrue();
      assertThat(ran.last().path("openAfterClose").asInt()).isZero();
      assertThat(ran.last().path("threads").isEmpty()).isTrue();
      assertThat(server.mostConnections()).isLessThanOrEqualTo(3);
      assertThat(server.requests()).isEqualTo(30);
    }
  }

  private static void isGood(JsonNode call) {
    assertThat(call.path("ok").asBoolean()).isTrue();
    assertThat(call.path("status").asInt()).isEqualTo(200);
    assertThat(call.path("type").isNull()).isTrue();
    assertThat(call.path("attempts").asInt()).isEqualTo(1);
    assertThat(call.path("bytes").asInt()).isEqualTo(5);
    assertThat(call.path("elapsedMs").asDouble()).isPositive();
  }

  @Test
  void a_body_of_the_wanted_length_and_the_headers_arrive() throws Exception {
    try (TestServer server =
        TestServer.start(
            request ->
                Answer.of(
                    request.method().equals("PUT")
                            && request.body().length == 20_001
                            && "b".equals(request.header("A"))
                        ? 200
                        : 400))) {
      Ran ran =
          Ran.probe(
              "--url",
              server.url("/"),
              "--method",
              "PUT",
              "--body-bytes",
              "20001",
              "--header",
              "A: b");
      assertThat(ran.code()).isZero();
    }
  }

  @Test
  void a_good_call_tells_of_its_attempts() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
        TestServer.start(request -> Answer.of(requests.incrementAndGet() < 3 ? 500 : 200))) {
      Ran ran = Ran.probe("--url", server.url("/"), "--attempts", "5");
      assertThat(ran.code()).isZero();
      assertThat(ran.calls().get(0).path("attempts").asInt()).isEqualTo(3);
    }
  }
}
