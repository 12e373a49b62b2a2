package dev.belay.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestServerAnswerTest {

  // Set by a test before its first request; the connection's hand-over makes it visible.
  private volatile Answer next = Answer.of(200);

  private final TestServer server = TestServer.start(request -> next);

  @AfterEach
  void close() {
    server.close();
  }

  private String wholeConversation() throws IOException {
    try (RawClient client = new RawClient(server)) {
      return client.get("/").readToEnd();
    }
  }

  @Test
  void status_headers_and_body_arrive_as_given() throws Exception {
    next = Answer.of(418, "olá").header("X-A", "1").header("X-A", "2");
    HttpResponse<String> response = new Http().get(server.url("/"));
    assertThat(response.statusCode()).isEqualTo(418);
    assertThat(response.body()).isEqualTo("olá");
    assertThat(response.headers().allValues("x-a")).isEqualTo(List.of("1", "2"));
  }

  @Test
  void one_answer_serves_many_requests_on_one_connection() throws Exception {
    next = Answer.of(200, "again");
    try (RawClient client = new RawClient(server)) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.get("/").readHead()).contains("Content-Length: 5\r\n");
        assertThat(client.read(5)).isEqualTo("again");
      }
    }
    assertThat(server.totalConnections()).isEqualTo(1);
    assertThat(server.requests()).isEqualTo(3);
  }

  @Test
  void close_after_is_announced_and_done() throws Exception {
    next = Answer.of(200, "x").closeAfter();
    assertThat(wholeConversation())
        .isEqualTo("HTTP/1.1 200 \r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");
  }

  @Test
  void a_client_that_asks_to_close_is_obeyed() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send("GET / HTTP/1.1\r\nConnection: Close\r\n\r\n");
      assertThat(client.readToEnd()).endsWith("Connection: close\r\n\r\n");
    }
  }

  @Test
  void hanging_up_ends_in_order_without_a_byte() throws Exception {
    next = Answer.hangUp();
    assertThat(wholeConversation()).isEmpty();
    assertThat(server.requests()).isEqualTo(1);
    assertThat(server.openConnections()).isZero();
  }

  @Test
  void a_reset_ends_without_order() throws Exception {
    next = Answer.reset();
    assertThatThrownBy(this::wholeConversation).isInstanceOf(SocketException.class);
    assertThat(server.requests()).isEqualTo(1);
    assertThat(server.openConnections()).isZero();
  }

  @Test
  void a_stalled_answer_ends_with_the_server() throws Exception {
    next = Answer.stall();
    try (RawClient client = new RawClient(server)) {
      client.get("/");
      server.awaitRequests(1, Duration.ofSeconds(20));
      assertThat(server.openConnections()).isEqualTo(1);
      server.close();
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void a_truncated_answer_ends_before_its_length() throws Exception {
    next = Answer.truncated(200, "half", 10);
    assertThat(wholeConversation()).contains("Content-Length: 14\r\n").endsWith("\r\n\r\nhalf");
    assertThatThrownBy(() -> new Http().get(server.url("/"))).isInstanceOf(IOException.class);
  }

  @Test
  void a_truncated_chunked_answer_lacks_its_last_chunk() throws Exception {
    next = Answer.truncated(200, "half", 1).chunked();
    assertThat(wholeConversation()).endsWith("\r\n\r\n4\r\nhalf\r\n");
  }

  @Test
  void chunks_have_the_length_of_the_pieces() throws Exception {
    next = Answer.of(200, "abcdefg").chunked().inPieces(3);
    assertThat(new Http().get(server.url("/")).body()).isEqualTo("abcdefg");
    next = next.closeAfter();
    assertThat(wholeConversation())
        .contains("Transfer-Encoding: chunked\r\n")
        .endsWith("\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n1\r\ng\r\n0\r\n\r\n");
  }

  @Test
  void raw_bytes_go_out_as_they_are_and_leave_the_connection_open() throws Exception {
    next = Answer.raw("gibberish".getBytes(US_ASCII));
    try (RawClient client = new RawClient(server)) {
      assertThat(client.get("/").read(9)).isEqualTo("gibberish");
      next = next.closeAfter();
      assertThat(client.get("/").readToEnd()).isEqualTo("gibberish");
    }
  }

  @Test
  void a_given_length_replaces_the_true_one() throws Exception {
    next = Answer.of(200, "abc").header("content-length", "99").closeAfter();
    assertThat(wholeConversation()).contains("content-length: 99").doesNotContain("Content-Length");
  }

  @Test
  void head_gets_the_length_but_not_the_body() throws Exception {
    next = Answer.of(200, "12345").closeAfter();
    try (RawClient client = new RawClient(server)) {
      client.send("HEAD / HTTP/1.1\r\n\r\n");
      assertThat(client.readToEnd()).contains("Content-Length: 5\r\n").endsWith("\r\n\r\n");
    }
  }

  @Test
  void no_content_has_neither_length_nor_body() throws Exception {
    next = Answer.of(204, "ignored").closeAfter();
    assertThat(wholeConversation()).isEqualTo("HTTP/1.1 204 \r\nConnection: close\r\n\r\n");
  }

  @Test
  void an_answer_after_a_delay_is_not_early() throws Exception {
    next = Answer.of(200).after(Duration.ofMillis(50));
    Http client = new Http();
    long start = System.nanoTime();
    client.get(server.url("/"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(50));
  }

  @Test
  void the_head_of_a_slow_body_does_not_wait_for_it() throws Exception {
    next = Answer.of(200, "abc").bodyDelay(Duration.ofHours(1));
    try (RawClient client = new RawClient(server)) {
      assertThat(client.get("/").readHead()).contains("Content-Length: 3\r\n");
    }
  }

  @Test
  void a_slow_body_waits_before_every_piece() throws Exception {
    next = Answer.of(200, "abc").inPieces(1).bodyDelay(Duration.ofMillis(40));
    long start = System.nanoTime();
    assertThat(new Http().get(server.url("/")).body()).isEqualTo("abc");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(120));
  }

  @Test
  void a_client_that_reads_late_gets_everything() throws Exception {
    next = Answer.of(200, "x".repeat(8_000_000)).closeAfter();
    try (RawClient client = new RawClient(server)) {
      client.get("/").readHead();
      assertThat(client.readToEnd()).hasSize(8_000_000);
    }
  }

  @Test
  void what_a_handler_throws_is_a_500_and_kept() throws Exception {
    AssertionError thrown = new AssertionError("wrong number");
    try (TestServer failing =
        TestServer.start(
            request -> {
              throw thrown;
            })) {
      HttpResponse<String> response = new Http().get(failing.url("/"));
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).isEqualTo("java.lang.AssertionError");
      assertThat(failing.failures()).containsExactly(thrown);
    }
  }

  @Test
  void settings_that_make_no_sense_are_refused_by_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Answer.of(100))
        .withMessageContaining("100");
    assertThatIllegalArgumentException().isThrownBy(() -> Answer.truncated(200, "", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Answer.of(200).inPieces(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Answer.of(200).after(Duration.ofMillis(-1)))
        .withMessage("after must not be negative but is PT-0.001S");
    assertThatIllegalStateException()
        .isThrownBy(() -> Answer.stall().header("A", "b"))
        .withMessageContaining("STALL");
    assertThatIllegalArgumentException().isThrownBy(() -> server.url("relative"));
  }
}
