package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ProtocolException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestServerRequestTest {

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final TestServer server =
      TestServer.start(
          request -> {
            received.add(request);
            return Answer.of(200, request.body());
          });

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void the_parts_of_a_request_are_told_apart() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client
          .send("POST /a%20b?c=d&e HTTP/1.1\r\nHost: h\r\nX-Two: 1\r\nx-two:2 \r\n")
          .send("Content-Length: 3\r\n\r\nabc")
          .readHead();
    }
    Received request = received.remove();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/a%20b");
    assertThat(request.query()).isEqualTo("c=d&e");
    assertThat(request.header("HOST")).isEqualTo("h");
    assertThat(request.header("Nobody")).isNull();
    assertThat(request.headers().get("X-TWO")).isEqualTo(List.of("1", "2"));
    assertThat(request.text()).isEqualTo("abc");
    assertThat(request.connection()).isEqualTo(1);
    assertThat(request).hasToString("POST /a%20b (3 bytes, connection 1)");
  }

  @Test
  void a_path_without_question_mark_has_no_query() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.get("/plain").readHead();
      client.get("/empty?").readHead();
    }
    assertThat(received.remove().query()).isNull();
    assertThat(received.remove().query()).isEmpty();
  }

  @Test
  void a_chunked_body_is_joined_and_its_trailer_dropped() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client
          .send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
          .send("3;why=not\r\nabc\r\nA\r\n0123456789\r\n0\r\nDigest: x\r\n\r\n")
          .readHead();
      assertThat(client.read(13)).isEqualTo("abc0123456789");
      client.get("/next").readHead();
    }
    assertThat(received).extracting(Received::path).containsExactly("/", "/next");
  }

  @Test
  void large_bodies_pass_in_both_directions() throws Exception {
    String large = "0123456789".repeat(500_000);
    assertThat(new Http().post(server.url("/"), large).body()).isEqualTo(large);
  }

  @Test
  void pipelined_requests_are_answered_in_their_order() throws Exception {
    try (RawClient client = new RawClient(server)) {
      String post = "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n";
      client.send(post + "a" + post + "b" + post + "c");
      for (String expected : List.of("a", "b", "c")) {
        client.readHead();
        assertThat(client.read(1)).isEqualTo(expected);
      }
    }
  }

  @Test
  void a_request_that_is_complete_takes_effect_although_its_client_is_gone() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nlast");
    }
    server.awaitRequests(1, Duration.ofSeconds(20));
    assertThat(received.take().text()).isEqualTo("last");
  }

  @Test
  void a_client_that_asks_first_is_told_to_continue() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      client.send("ok").readHead();
      assertThat(client.read(2)).isEqualTo("ok");
    }
    String body =
        new Http()
            .send(
                Http.request(server.url("/"))
                    .expectContinue(true)
                    .POST(BodyPublishers.ofString("text")))
            .body();
    assertThat(body).isEqualTo("text");
  }

  @Test
  void what_is_no_request_is_answered_with_400_and_kept() throws Exception {
    List<String> malformed =
        List.of(
            "hello\r\n\r\n",
            "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n");
    for (String bytes : malformed) {
      try (RawClient client = new RawClient(server)) {
        assertThat(client.send(bytes).readToEnd()).startsWith("HTTP/1.1 400 ");
      }
    }
    assertThat(server.failures())
        .hasSize(malformed.size())
        .allSatisfy(failure -> assertThat(failure).isInstanceOf(ProtocolException.class));
    assertThat(server.requests()).isZero();
  }
}
