package dev.belay.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.TestServer;
import java.io.Closeable;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The clients do what the other tests take them to do, as the server sees it. */
class FamiliesTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @ParameterizedTest
  @EnumSource(
      value = Family.class,
      mode = Mode.EXCLUDE,
      names = {"JDK", "SPRING_ON_JDK"}) // only from JDK 21 on
  void a_closed_client_has_no_connection(Family family) throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200, "ok"))) {
      try (TestClient client = family.open()) {
        assertThat(client.get(server.url("/x"))).isEqualTo("ok");
      }
      server.awaitOpenConnections(0, SOON);
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_open_client_keeps_its_connection(Family family) throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200, "ok"));
        TestClient client = family.open()) {
      assertThat(client.get(server.url("/x"))).isEqualTo("ok");
      assertThat(server.openConnections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_answer_that_is_not_read_keeps_its_connection(Family family) throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200, new byte[16 << 20]));
        TestClient client = family.open()) {
      try (Closeable unread = client.open(server.url("/x"))) {
        assertThat(server.openConnections()).isEqualTo(1);
        assertThat(unread).isNotNull();
      }
    }
  }
}
