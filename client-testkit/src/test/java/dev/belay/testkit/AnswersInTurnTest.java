package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer.InTurn;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AnswersInTurnTest {
  private static final Answer BUSY = Answer.of(503);
  private static final Answer GONE = Answer.of(410);
  private static final Answer OK = Answer.of(200);

  private static int status(RawClient client) throws IOException {
    return Integer.parseInt(client.get("/").readHead().substring(9, 12));
  }

  @Test
  void each_request_gets_the_next_one() throws IOException {
    InTurn script = Answer.inTurn(BUSY, GONE).then(2, BUSY).thenAlways(OK);
    try (TestServer server = TestServer.start(script);
        RawClient client = new RawClient(server)) {
      assertThat(new int[] {status(client), status(client), status(client)})
          .containsExactly(503, 410, 503);
      assertThatThrownBy(script::assertPlayed)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("3 of 4 were used\n  left: 4. Answer[503");
      assertThat(new int[] {status(client), status(client), status(client)})
          .containsExactly(503, 200, 200);
      script.assertPlayed();
      assertThat(script.used()).isEqualTo(6);
    }
  }

  @Test
  void a_request_behind_the_last_one_fails_and_is_not_forgotten() throws IOException {
    InTurn script = Answer.inTurn(OK);
    try (TestServer server = TestServer.start(script);
        RawClient client = new RawClient(server)) {
      assertThat(status(client)).isEqualTo(200);
      script.assertPlayed();
      assertThat(status(client)).isEqualTo(500);
      assertThat(server.failures())
          .singleElement()
          .asString()
          .contains("no answer is left for GET");
      assertThat(script.used()).isEqualTo(1);
      assertThatThrownBy(script::assertPlayed)
          .hasMessageContaining("1 of 1 were used, and 1 requests came behind the last");
    }
  }

  @Test
  void no_answer_is_used_twice_by_requests_of_the_same_time() throws Exception {
    InTurn script = Answer.inTurn(BUSY).then(99, BUSY).then(50, GONE).thenAlways(OK);
    Queue<Integer> seen = new ConcurrentLinkedQueue<>();
    try (TestServer server = TestServer.start(script)) {
      Parallel.run(
          8,
          () -> {
            try (RawClient client = new RawClient(server)) {
              for (int i = 0; i < 25; i++) {
                seen.add(status(client));
              }
              return null;
            }
          });
    }
    Map<Integer, Long> counts =
        seen.stream().collect(Collectors.groupingBy(status -> status, Collectors.counting()));
    assertThat(counts).isEqualTo(Map.of(503, 100L, 410, 50L, 200, 50L));
    script.assertPlayed();
  }

  @Test
  void a_fake_plays_a_script_and_is_itself_again() throws IOException {
    InTurn script = Answer.inTurn(BUSY, GONE);
    try (FakeUazapi fake = FakeUazapi.start();
        RawClient client = new RawClient(fake.server())) {
      fake.failNext(script);
      String head = "GET /instance/status HTTP/1.1\r\nHost: x\r\ntoken: " + fake.token();
      assertThat(client.send(head + "\r\n\r\n").readHead()).contains(" 503 ");
      assertThatThrownBy(script::assertPlayed).hasMessageContaining("1 of 2 were used");
      assertThat(client.send(head + "\r\n\r\n").readHead()).contains(" 410 ");
      script.assertPlayed();
      assertThat(client.send(head + "\r\n\r\n").readHead()).contains(" 200 ");
      assertThat(fake.messages()).isEmpty();
    }
  }

  @Test
  void contradictions_are_refused() {
    InTurn endless = Answer.inTurn(OK).thenAlways(OK);
    assertThatIllegalStateException().isThrownBy(() -> endless.thenAlways(BUSY));
    assertThatIllegalStateException().isThrownBy(() -> endless.then(1, BUSY));
    assertThatIllegalArgumentException().isThrownBy(() -> Answer.inTurn(OK).then(0, BUSY));
    try (FakeUazapi fake = FakeUazapi.start()) {
      assertThatIllegalArgumentException().isThrownBy(() -> fake.failNext(endless));
    }
  }
}
