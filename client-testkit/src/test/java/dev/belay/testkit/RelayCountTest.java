package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayCountTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void fifty_parallel_connections_are_counted_exactly() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200, "x".repeat(10_000)));
        Relay relay = Relay.start().to(server.port())) {
      Parallel.run(
          50,
          () -> {
            for (int i = 0; i < 10; i++) {
              try (RawClient client = new RawClient(relay.port())) {
                client.get("/").readHead();
                assertThat(client.read(10_000)).hasSize(10_000);
              }
            }
            return null;
          });
      relay.awaitOpenConnections(0, SOON);
      server.awaitOpenConnections(0, SOON);
      assertThat(relay.totalConnections()).isEqualTo(500);
      assertThat(relay.mostConnections()).isBetween(1, 50);
      assertThat(relay.failures()).isEmpty();
    }
  }

  @Test
  void a_client_that_closes_before_it_opens_is_never_seen_with_two() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200, "x").closeAfter());
        Relay relay = Relay.start().to(server.port())) {
      for (int i = 0; i < 500; i++) {
        try (RawClient client = new RawClient(relay.port())) {
          client.get("/").readToEnd();
        }
      }
      assertThat(relay.openConnections()).isZero();
      assertThat(relay.mostConnections()).isEqualTo(1);
      assertThat(relay.totalConnections()).isEqualTo(500);
    }
  }

  @Test
  void an_ordinary_client_reuses_its_connection_through_it() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200, request.path()));
        Relay relay = Relay.start().to(server.port())) {
      Http client = new Http();
      for (int i = 0; i < 20; i++) {
        assertThat(client.get(relay.url("/" + i)).body()).isEqualTo("/" + i);
      }
      assertThat(relay.totalConnections()).isEqualTo(1);
      PeerConnection peer = RelayedPair.awaitQuiet(relay);
      assertThat(peer.request()).isEqualTo("GET /19");
      assertThat(peer.requests()).isEqualTo(20);
      assertThat(peer.agent()).startsWith("Java-http-client/");
      assertThat(peer.answering()).isFalse();
    }
  }

  @Test
  void close_ends_every_connection_and_the_thread() throws Exception {
    Relay relay = Relay.start();
    List<RawClient> clients = new ArrayList<>();
    try (TestServer server = TestServer.start(request -> Answer.stall())) {
      relay.to(server.port());
      for (int i = 0; i < 5; i++) {
        clients.add(new RawClient(relay.port()).get("/"));
      }
      server.awaitRequests(5, SOON);
      relay.close();
      relay.close();
      RelayedPair.assertNoThreadOf(relay);
      assertThat(relay.openConnections()).isZero();
      assertThat(relay.failures()).isEmpty();
      server.awaitOpenConnections(0, SOON);
    }
    assertThatThrownBy(() -> new RawClient(relay.port())).isInstanceOf(ConnectException.class);
    for (RawClient client : clients) {
      assertThat(client.readToEnd()).isEmpty();
      client.close();
    }
  }

  @Test
  void close_ends_what_a_client_has_ended_and_the_server_has_not() throws Exception {
    RelayedPair pair = new RelayedPair();
    pair.client.shutdownOutput();
    pair.relay.awaitOpenConnections(0, SOON);
    pair.relay.close();
    assertThat(pair.client.getInputStream().read()).isEqualTo(-1);
    assertThat(pair.server.getInputStream().read()).isEqualTo(-1);
    pair.close();
  }

  @Test
  void waiting_in_vain_lists_the_connections_without_their_secrets() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200));
        Relay relay = Relay.start().to(server.port());
        RawClient client = new RawClient(relay.port())) {
      client.get("/invoices?token=secret").readHead();
      assertThatThrownBy(() -> relay.awaitOpenConnections(0, Duration.ofMillis(20)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("connection from /127.0.0.1:" + client.port())
          .hasMessageContaining("GET /invoices")
          .hasMessageNotContaining("secret");
    }
  }
}
