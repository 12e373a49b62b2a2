package dev.belay.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ProbeFailureTest {

  @ParameterizedTest
  @ValueSource(strings = {"send", "async"})
  void a_status_fails_a_whole_answer_after_its_attempts(String mode) throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(500))) {
      Ran ran = Ran.probe("--url", server.url("/"), "--mode", mode, "--attempts", "2");
      assertThat(ran.code()).isEqualTo(1);
      JsonNode call = ran.calls().get(0);
      assertThat(call.path("ok").asBoolean()).isFalse();
      assertThat(call.path("status").asInt()).isEqualTo(500);
      assertThat(call.path("type").asString()).isEqualTo("UnexpectedStatusException");
      assertThat(call.path("outcome").asString()).isEqualTo("UNKNOWN");
      assertThat(call.path("attempts").asInt()).isEqualTo(2);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "call"})
  void a_status_is_an_answer_where_answers_are_handed_out(String mode) throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(404, "no"))) {
      Ran ran = Ran.probe("--url", server.url("/"), "--mode", mode);
      assertThat(ran.code()).isEqualTo(1);
      JsonNode call = ran.calls().get(0);
      assertThat(call.path("ok").asBoolean()).isFalse();
      assertThat(call.path("status").asInt()).isEqualTo(404);
      assertThat(call.path("type").isNull()).isTrue();
      assertThat(call.path("bytes").asInt()).isEqualTo(2);
    }
  }

  @Test
  void a_lost_post_is_sent_once_and_its_outcome_is_unknown() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.hangUp())) {
      Ran ran = Ran.probe("--url", server.url("/"), "--method", "POST", "--body-bytes", "10");
      JsonNode call = ran.calls().get(0);
      assertThat(call.path("type").asString()).isEqualTo("ConnectionLostException");
      assertThat(call.path("outcome").asString()).isEqualTo("UNKNOWN");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void a_lost_post_that_was_declared_idempotent_is_sent_again() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.hangUp())) {
      Ran ran =
          Ran.probe(
              "--url", server.url("/"), "--method", "POST", "--idempotent", "--attempts", "2");
      assertThat(ran.code()).isEqualTo(1);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void a_deadline_ends_a_call() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.stall())) {
      Ran ran = Ran.probe("--url", server.url("/"), "--deadline", "300ms");
      JsonNode call = ran.calls().get(0);
      assertThat(call.path("type").asString()).isEqualTo("DeadlineExceededException");
      assertThat(call.path("elapsedMs").asDouble()).isGreaterThanOrEqualTo(300);
    }
  }
}
