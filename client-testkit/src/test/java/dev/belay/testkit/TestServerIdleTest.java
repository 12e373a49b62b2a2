package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TestServerIdleTest {

  private static final Duration IDLE = Duration.ofMillis(200);

  @Test
  void an_idle_connection_ends_in_order_after_its_limit() throws Exception {
    try (TestServer server = TestServer.startClosingIdle(IDLE, request -> Answer.of(200));
        RawClient client = new RawClient(server)) {
      long asked = System.nanoTime();
      client.get("/").readHead();
      assertThat(client.readToEnd()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isBetween(IDLE, IDLE.plusSeconds(5));
      assertThat(server.openConnections()).isZero();
    }
  }

  @Test
  void a_connection_that_never_asked_ends_as_well() throws Exception {
    try (TestServer server = TestServer.startClosingIdle(IDLE, request -> Answer.of(200));
        RawClient client = new RawClient(server)) {
      assertThat(client.readToEnd()).isEmpty();
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void a_connection_at_work_is_not_idle() throws Exception {
    try (TestServer server =
            TestServer.startClosingIdle(
                Duration.ofMillis(50), request -> Answer.of(200, "x").after(IDLE));
        RawClient client = new RawClient(server)) {
      assertThat(client.get("/").readHead()).contains(" 200 ");
    }
  }

  @Test
  void a_request_that_has_begun_is_waited_for() throws Exception {
    try (TestServer server = TestServer.startClosingIdle(IDLE, request -> Answer.of(200));
        RawClient started = new RawClient(server);
        RawClient idle = new RawClient(server)) {
      started.send("GET / HTT");
      idle.readToEnd();
      assertThat(started.send("P/1.1\r\n\r\n").readHead()).contains(" 200 ");
    }
  }

  @Test
  void an_announced_limit_is_in_the_answer_unless_it_closes() throws Exception {
    try (TestServer server =
            TestServer.startAnnouncingIdle(
                Duration.ofMillis(5900),
                request ->
                    request.path().equals("/last") ? Answer.of(200).closeAfter() : Answer.of(200));
        RawClient client = new RawClient(server)) {
      assertThat(client.get("/").readHead()).contains("Keep-Alive: timeout=5\r\n");
      assertThat(client.get("/last").readHead()).doesNotContain("Keep-Alive");
    }
  }

  @Test
  void an_unannounced_limit_is_kept_secret() throws Exception {
    try (TestServer server = TestServer.startClosingIdle(IDLE, request -> Answer.of(200));
        RawClient client = new RawClient(server)) {
      assertThat(client.get("/").readHead()).doesNotContain("Keep-Alive");
    }
  }

  @Test
  void limits_that_cannot_be_kept_or_said_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestServer.startClosingIdle(IDLE.negated(), request -> Answer.of(200)))
        .withMessageContaining("PT-0.2S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestServer.startAnnouncingIdle(IDLE, request -> Answer.of(200)))
        .withMessageContaining("PT0.2S");
  }
}
