package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TestServerWitnessTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static PeerConnection only(TestServer server) {
    assertThat(server.witness().open()).hasSize(1);
    return server.witness().open().get(0);
  }

  @Test
  void a_connection_is_told_with_its_last_request() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200));
        RawClient client = new RawClient(server)) {
      assertThat(server.witness().port()).isEqualTo(server.port());
      assertThat(only(server).request()).isEmpty();
      client.get("/a").readHead();
      client.send("PUT /b?token=secret HTTP/1.1\r\nUser-Agent: me/1\r\n\r\n").readHead();
      server.witness().awaitNoneOpen(Duration.ofMillis(1));
      PeerConnection peer = only(server);
      assertThat(peer.request()).isEqualTo("PUT /b");
      assertThat(peer.agent()).isEqualTo("me/1");
      assertThat(peer.requests()).isEqualTo(2);
      assertThat(peer.clientPort()).isEqualTo(client.port());
      assertThat(peer.age()).isPositive();
    }
  }

  @Test
  void it_answers_while_the_handler_works() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestServer.Handler blocked =
        request -> {
          release.await();
          return Answer.of(200).closeAfter();
        };
    try (TestServer server = TestServer.start(blocked);
        RawClient client = new RawClient(server)) {
      assertThat(only(server).answering()).isFalse();
      client.get("/");
      server.awaitRequests(1, SOON);
      assertThat(only(server).answering()).isTrue();
      release.countDown();
      client.readToEnd();
    }
  }

  @Test
  void it_answers_while_the_client_does_not_take_it() throws Exception {
    try (TestServer server =
            TestServer.start(request -> Answer.of(200, "x".repeat(64 * 1024 * 1024)));
        RawClient client = new RawClient(server)) {
      client.get("/").readHead();
      assertThat(only(server).answering()).isTrue();
      client.read(64 * 1024 * 1024);
      client.get("/again");
      server.awaitRequests(2, SOON);
      assertThat(only(server).requests()).isEqualTo(2);
    }
  }

  @Test
  void the_wait_ends_with_the_last_connection() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200))) {
      server.witness().awaitNoneOpen(SOON);
      RawClient client = new RawClient(server);
      assertThat(server.openConnections()).isEqualTo(1);
      client.close();
      long start = System.nanoTime();
      server.witness().awaitNoneOpen(SOON);
      assertThat(System.nanoTime() - start).isLessThan(SOON.toNanos());
      assertThat(server.witness().open()).isEmpty();
      assertThat(server.witness().givenUp()).isEmpty();
    }
  }

  @Test
  void what_the_server_ended_first_is_given_up() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200).closeAfter());
        RawClient client = new RawClient(server)) {
      new RawClient(server).close();
      client.get("/").readToEnd();
      server.witness().awaitNoneOpen(SOON);
      assertThat(server.witness().givenUp())
          .extracting(PeerConnection::clientPort)
          .containsExactly(client.port());
    }
  }

  @Test
  void what_both_have_ended_is_nobodys() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200).closeAfter())) {
      for (int i = 0; i < 200; i++) {
        try (RawClient client = new RawClient(server)) {
          client.get("/").readToEnd();
        }
        assertThat(server.witness().givenUp()).isEmpty();
      }
      assertThat(server.mostConnections()).isEqualTo(1);
    }
  }

  @Test
  void a_request_on_a_connection_that_the_server_has_ended_is_answered_by_a_reset()
      throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200).closeAfter());
        RawClient client = new RawClient(server)) {
      client.get("/").readToEnd();
      client.get("/again");
      assertThatThrownBy(
              () -> {
                while (true) {
                  client.send("more");
                }
              })
          .isInstanceOf(SocketException.class);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void a_closed_server_has_given_up_what_was_open() throws Exception {
    TestServer server = TestServer.start(request -> Answer.of(200));
    try (RawClient client = new RawClient(server)) {
      assertThat(server.openConnections()).isEqualTo(1);
      server.close();
      assertThat(server.witness().open()).isEmpty();
      assertThat(server.witness().givenUp())
          .extracting(PeerConnection::clientPort)
          .containsExactly(client.port());
    }
  }
}
