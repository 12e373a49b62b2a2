package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestServerCountTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void a_connection_counts_until_its_client_closes_it() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200))) {
      RawClient client = new RawClient(server);
      server.awaitOpenConnections(1, SOON);
      client.close();
      server.awaitOpenConnections(0, SOON);
      assertThat(server.mostConnections()).isEqualTo(1);
      assertThat(server.totalConnections()).isEqualTo(1);
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void a_count_waits_for_what_the_kernel_has_already_seen() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200))) {
      for (int i = 1; i <= 300; i++) {
        RawClient client = new RawClient(server);
        assertThat(server.openConnections()).isEqualTo(1);
        client.close();
        assertThat(server.openConnections()).isZero();
        new RawClient(server).close();
        assertThat(server.openConnections()).isZero();
        assertThat(server.totalConnections()).isEqualTo(2 * i);
      }
    }
  }

  @Test
  void concurrent_connections_are_counted_one_by_one() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200))) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        clients.add(new RawClient(server));
      }
      server.awaitOpenConnections(50, SOON);
      for (RawClient client : clients.subList(0, 20)) {
        client.close();
      }
      server.awaitOpenConnections(30, SOON);
      for (RawClient client : clients.subList(20, 50)) {
        client.close();
      }
      server.awaitOpenConnections(0, SOON);
      assertThat(server.mostConnections()).isEqualTo(50);
      assertThat(server.totalConnections()).isEqualTo(50);
    }
  }

  @Test
  void a_client_that_closes_before_it_opens_is_never_seen_with_two() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200))) {
      for (int i = 0; i < 3000; i++) {
        new RawClient(server).close();
      }
      assertThat(server.openConnections()).isZero();
      assertThat(server.totalConnections()).isEqualTo(3000);
      assertThat(server.mostConnections()).isEqualTo(1);
    }
  }

  @Test
  void four_clients_with_one_connection_each_are_never_seen_with_five() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200, "x"))) {
      Parallel.run(
          4,
          () -> {
            for (int i = 0; i < 300; i++) {
              try (RawClient client = new RawClient(server)) {
                client.get("/").readHead();
              }
            }
            return null;
          });
      server.awaitOpenConnections(0, SOON);
      assertThat(server.mostConnections()).isBetween(1, 4);
      assertThat(server.totalConnections()).isEqualTo(1200);
    }
  }

  @Test
  void a_connection_that_the_server_closes_is_not_counted_when_its_client_opens_the_next()
      throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200).closeAfter())) {
      for (int i = 0; i < 500; i++) {
        try (RawClient client = new RawClient(server)) {
          client.get("/").readToEnd();
        }
      }
      assertThat(server.mostConnections()).isEqualTo(1);
    }
  }

  @Test
  void the_end_of_a_connection_is_seen_while_the_handler_blocks() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestServer.Handler blocked =
        request -> {
          release.await();
          return Answer.of(200);
        };
    try (TestServer server = TestServer.start(blocked)) {
      try (RawClient client = new RawClient(server)) {
        client.get("/");
        server.awaitRequests(1, SOON);
      }
      server.awaitOpenConnections(0, SOON);
      release.countDown();
    }
  }

  @Test
  void a_reset_ends_a_connection_like_a_close() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.stall())) {
      RawClient client = new RawClient(server).get("/");
      server.awaitRequests(1, SOON);
      client.reset();
      server.awaitOpenConnections(0, SOON);
    }
  }

  @Test
  void a_thousand_requests_from_twenty_threads_are_counted_exactly() throws Exception {
    AtomicInteger asked = new AtomicInteger(); // the client of the platform may repeat a GET
    try (TestServer server =
        TestServer.start(
            request -> {
              asked.incrementAndGet();
              return Answer.of(200, request.path());
            })) {
      Http client = new Http();
      Parallel.run(
          20,
          () -> {
            for (int i = 0; i < 50; i++) {
              assertThat(client.get(server.url("/" + i)).body()).isEqualTo("/" + i);
            }
            return null;
          });
      assertThat(server.requests()).isGreaterThanOrEqualTo(1000).isEqualTo(asked.get());
      assertThat(server.mostConnections()).isBetween(1, 20);
      assertThat(server.failures()).isEmpty();
    }
  }

  @Test
  void waiting_in_vain_lists_the_connections_without_their_secrets() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200));
        RawClient client = new RawClient(server)) {
      client.get("/invoices?token=secret").readHead();
      assertThatThrownBy(() -> server.awaitOpenConnections(0, Duration.ofMillis(20)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected open connections: 0 within PT0.02S")
          .hasMessageContaining("connection 1 from /127.0.0.1:")
          .hasMessageContaining("GET /invoices")
          .hasMessageNotContaining("secret");
    }
  }
}
