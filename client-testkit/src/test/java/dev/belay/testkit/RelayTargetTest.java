package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelayTargetTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void without_a_target_the_connection_ends_and_the_relay_says_why() throws Exception {
    try (Relay relay = Relay.start();
        RawClient client = new RawClient(relay.port())) {
      assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);
      assertThat(relay.failures())
          .singleElement()
          .satisfies(
              failure ->
                  assertThat(failure)
                      .isInstanceOf(IllegalStateException.class)
                      .hasMessageContaining("call to("));
      relay.awaitOpenConnections(0, SOON);
    }
  }

  @Test
  void a_target_that_is_down_ends_the_connection_and_is_named() throws Exception {
    int port = deadPort();
    try (Relay relay = Relay.start().to(port);
        RawClient client = new RawClient(relay.port())) {
      assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);
      assertThat(relay.failures())
          .singleElement()
          .satisfies(
              failure ->
                  assertThat(failure)
                      .isInstanceOf(ConnectException.class)
                      .hasMessageContaining("127.0.0.1:" + port));
      assertThat(relay.openConnections()).isZero();
      assertThat(relay.totalConnections()).isEqualTo(1);
    }
  }

  private static int deadPort() {
    TestServer gone = TestServer.start(request -> Answer.of(200));
    gone.close();
    return gone.port();
  }

  @Test
  void a_target_cannot_change_once_somebody_was_led_to_it() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200, "here"));
        Relay relay = Relay.start().to("localhost", 1).to(server.port());
        RawClient client = new RawClient(relay.port())) {
      client.get("/").readHead();
      assertThatThrownBy(() -> relay.to(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1:" + server.port());
    }
  }

  @Test
  void targets_that_cannot_be_are_refused_at_once() {
    try (Relay relay = Relay.start()) {
      assertRefused(() -> relay.to(0), "0");
      assertRefused(() -> relay.to(65_536), "65536");
      assertRefused(() -> relay.to("no-such-host.invalid", 80), "no-such-host.invalid");
      assertRefused(() -> relay.to(relay.port()), "own port");
      assertRefused(
          () -> relay.to(InetSocketAddress.createUnresolved("somewhere", 80)), "somewhere");
      assertRefused(() -> relay.url("x"), "slash");
    }
  }

  private static void assertRefused(Runnable setting, String named) {
    assertThatThrownBy(setting::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void a_relay_leads_to_another_relay() throws IOException {
    try (TestServer server = TestServer.start(request -> Answer.of(200, "far"));
        Relay second = Relay.start().to(server.port());
        Relay first = Relay.start().to("127.0.0.1", second.port());
        RawClient client = new RawClient(first.port())) {
      client.get("/").readHead();
      assertThat(client.read(3)).isEqualTo("far");
      assertThat(first.toString())
          .contains("127.0.0.1:" + first.port(), "127.0.0.1:" + second.port(), "open 1");
    }
  }
}
