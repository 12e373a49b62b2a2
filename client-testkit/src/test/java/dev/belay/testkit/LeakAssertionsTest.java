package dev.belay.testkit;

import static dev.belay.testkit.LeakAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.LeakAssertions.AssertJ;
import dev.belay.testkit.LeakAssertions.ConnectionsAssert;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a server, with sockets in the hands of the test. */
@SuppressWarnings("try") // a connection is there to be counted
class LeakAssertionsTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private final TestServer server = TestServer.start(r -> Answer.of(200, "ok"));

  @AfterEach
  void close() {
    server.close();
  }

  private RawClient requests(int number) throws IOException {
    RawClient client = new RawClient(server);
    for (int i = 0; i < number; i++) {
      String unused = client.get("/").readHead() + client.read(2);
    }
    return client;
  }

  @Test
  void a_client_that_did_as_expected_passes() throws IOException {
    try (RawClient unused = requests(10)) {
      assertThat(server).hasOpened(1).hasReused(9).hasNoMoreConnectionsThan(1);
      assertThat(server).within(SOON).hasOpenConnections(1);
    }
    assertThat(server).within(SOON).hasNoOpenConnections().hasOpened(1);
  }

  @Test
  void an_open_connection_is_named_with_all_counts() throws IOException {
    try (RawClient unused = requests(3)) {
      assertThatThrownBy(() -> assertThat(server).as("billing").hasNoOpenConnections())
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("[billing] expected 0 open connections, but 127.0.0.1:")
          .hasMessageContaining("has 1 open connection, opened 1, most at once 1, ")
          .hasMessageContaining("requests 3, reused 2")
          .hasMessageContaining("are open:\n");
    }
  }

  @Test
  void each_count_can_fail() throws IOException {
    try (RawClient unused = requests(2)) {
      ConnectionsAssert plain = assertThat(server).within(Duration.ZERO);
      assertThatThrownBy(() -> plain.hasOpenConnections(2)).hasMessageContaining("2 open conn");
      assertThatThrownBy(() -> plain.hasOpened(2)).hasMessageContaining("2 opened connections");
      assertThatThrownBy(() -> plain.hasReused(2)).hasMessageContaining("2 reused connections");
      assertThatThrownBy(() -> plain.hasNoMoreConnectionsThan(0))
          .hasMessageContaining("at most 0 connections at once");
    }
  }

  @Test
  void what_is_being_closed_elsewhere_gets_its_time() throws Exception {
    RawClient client = requests(1);
    Thread closes = new Thread(() -> closeQuietly(client));
    closes.start();
    assertThat(server).within(SOON).hasNoOpenConnections();
    closes.join();
  }

  private static void closeQuietly(RawClient client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void an_interrupt_ends_the_wait_and_stays() throws IOException {
    try (Socket unused = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      assertThat(server).within(SOON).hasOpenConnections(1);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> assertThat(server).within(SOON).hasNoOpenConnections())
          .isInstanceOf(AssertionError.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void the_plain_ones_fit_into_assertj() {
    SoftAssertions softly = new SoftAssertions();
    softly.check(() -> assertThat(server).hasOpened(1));
    softly.assertThat((Object) server).satisfies(s -> assertThat(server).hasReused(1));
    assertThat(softly.assertionErrorsCollected()).hasSize(2);
  }

  @Test
  void assertj_has_them_with_its_own_descriptions() throws IOException {
    try (RawClient unused = requests(10)) {
      AssertJ.assertThat(server).as("billing").hasOpened(1).hasReused(9).isNotNull();
      assertThatThrownBy(() -> AssertJ.assertThat(server).as("billing").hasNoOpenConnections())
          .hasMessageStartingWith("[billing] expected 0 open connections, but 127.0.0.1:");
      assertThatThrownBy(() -> AssertJ.assertThat(server).withFailMessage("%d bad", 1).hasOpened(2))
          .hasMessage("1 bad");
    }
  }

  @Test
  void assertj_collects_them_softly() {
    SoftAssertions softly = new SoftAssertions();
    softly
        .assertThat((Object) server)
        .asInstanceOf(AssertJ.CONNECTIONS)
        .as("billing")
        .hasOpened(1)
        .hasNoOpenConnections()
        .hasReused(1)
        .hasNoMoreConnectionsThan(0);
    assertThat(softly.assertionErrorsCollected()).hasSize(2);
    assertThat(softly.assertionErrorsCollected().get(1).getMessage())
        .startsWith("[billing] expected 1 reused connection");
  }

  @Test
  void a_relay_is_judged_by_what_it_counts() throws IOException {
    try (Relay relay = Relay.start().to(server.port())) {
      try (Socket unused = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
        assertThat(relay).within(SOON).hasOpenConnections(1).hasOpened(1);
        assertThatThrownBy(() -> assertThat(relay).hasNoOpenConnections())
            .hasMessageContaining("127.0.0.1:" + relay.port() + " has 1 open connection, opened 1");
      }
      assertThat(relay).within(SOON).hasNoOpenConnections().hasNoMoreConnectionsThan(1);
      assertThatThrownBy(() -> assertThat(relay).hasReused(0))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void a_negative_time_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(server).within(Duration.ofNanos(-1)));
  }
}
