package dev.belay.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeCloseTest {

  @ParameterizedTest
  @ValueSource(strings = {"open", "call"})
  void leaked_responses_are_reclaimed_by_the_close(String mode) throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200, "x".repeat(100_000)))) {
      Ran ran = Ran.probe("--url", server.url("/"), "--mode", mode, "--count", "5", "--leak", "2");
      assertThat(ran.code()).isZero();
      assertThat(ran.calls()).filteredOn(call -> call.path("bytes").asInt() == 0).hasSize(2);
      assertThat(ran.last().path("snapshot").path("leased").asInt()).isEqualTo(2);
      assertThat(ran.last().path("snapshot").path("oldestLease").asString()).contains("lease GET");
      assertThat(ran.last().path("close").path("reclaimed").asInt()).isEqualTo(2);
      assertThat(ran.last().path("close").path("cut").size()).isEqualTo(2);
      assertThat(ran.last().path("openAfterClose").asInt()).isZero();
      server.awaitOpenConnections(0, Duration.ofSeconds(1));
    }
  }

  @Test
  void a_close_in_the_middle_lets_running_calls_end_and_refuses_the_others() throws Exception {
    Answer late = Answer.of(200).after(Duration.ofSeconds(1));
    try (TestServer server = TestServer.start(request -> late)) {
      Ran ran =
          Ran.probe(
              "--url",
              server.url("/"),
              "--count",
              "50",
              "--threads",
              "4",
              "--close-after",
              "500ms");
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.calls()).hasSize(50);
      assertThat(ran.calls()).filteredOn(call -> call.path("ok").asBoolean()).hasSize(4);
      assertThat(ran.calls())
          .filteredOn(call -> !call.path("ok").asBoolean())
          .allSatisfy(
              call -> {
                assertThat(call.path("type").asString()).isEqualTo("ClosedException");
                assertThat(call.path("outcome").asString()).isEqualTo("NOT_SENT");
              });
      assertThat(ran.last().path("close").path("drained").asInt()).isEqualTo(4);
      assertThat(ran.last().path("openAfterClose").asInt()).isZero();
      assertThat(ran.last().path("threads").isEmpty()).isTrue();
      server.awaitOpenConnections(0, Duration.ofSeconds(1));
    }
  }
}
