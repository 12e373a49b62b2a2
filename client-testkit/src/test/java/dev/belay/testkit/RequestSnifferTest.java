package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestSnifferTest {

  private static final String REQUEST =
      "GET /x?token=secret HTTP/1.1\r\nHost: h\r\nUser-Agent: okhttp/4.12.0\r\n\r\n";

  private final RequestSniffer sniffer = new RequestSniffer();

  private RequestSniffer.Seen client(String text) {
    sniffer.fromClient(bytes(text));
    return sniffer.seen();
  }

  private RequestSniffer.Seen server(String text) {
    sniffer.fromServer(bytes(text));
    return sniffer.seen();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void a_request_is_found_whole_or_in_single_bytes() {
    RequestSniffer.Seen expected = new RequestSniffer.Seen("GET /x", "okhttp/4.12.0", 1, true);
    assertThat(client(REQUEST)).isEqualTo(expected);
    RequestSniffer other = new RequestSniffer();
    REQUEST.chars().forEach(c -> other.fromClient(bytes(String.valueOf((char) c))));
    assertThat(other.seen()).isEqualTo(expected);
  }

  @Test
  void the_next_request_counts_after_an_answer() {
    client(REQUEST);
    assertThat(server("HTTP/1.1 200 OK\r\n\r\n").unanswered()).isFalse();
    assertThat(client("HEAD /y HTTP/1.1\r\n\r\n"))
        .isEqualTo(new RequestSniffer.Seen("HEAD /y", "", 2, true));
  }

  @Test
  void a_body_that_looks_like_a_request_is_none() {
    client("POST /x HTTP/1.1\r\nContent-Length: 20\r\n\r\nGET /inner HTTP/1.1\r\n");
    assertThat(client("GET /inner HTTP/1.1\r\n\r\n").request()).isEqualTo("POST /x");
    assertThat(sniffer.seen().requests()).isEqualTo(1);
  }

  @Test
  void a_body_after_the_word_to_continue_is_no_request() {
    client("POST /x HTTP/1.1\r\nExpect: 100-continue\r\n\r\n");
    server("HTTP/1.1 100 Continue\r\n\r\n");
    assertThat(client("{\"a\":1}\n").unanswered()).isTrue();
    server("HTTP/1.1 200 OK\r\n\r\n");
    assertThat(client(REQUEST).requests()).isEqualTo(2);
  }

  @Test
  void of_what_is_no_http_1_nothing_is_kept() {
    for (String start : new String[] {"\u0016\u0003\u0001", "PRI * HTTP/2.0\r\n\r\n", "hello\n"}) {
      RequestSniffer other = new RequestSniffer();
      other.fromClient(bytes(start));
      other.fromClient(bytes(REQUEST));
      assertThat(other.seen()).isEqualTo(new RequestSniffer.Seen("", "", 0, false));
    }
  }

  @Test
  void nobody_waits_for_an_answer_after_a_switch_of_protocols() {
    client(REQUEST);
    server("HTTP/1.1 101 Switching Protocols\r\n\r\n");
    assertThat(client("\u0081\u0001frame").unanswered()).isFalse();
  }

  @Test
  void an_address_in_the_request_line_loses_its_user_and_its_query() {
    assertThat(RequestLine.of("GET", "http://me:secret@host/x?token=secret")).isEqualTo("GET /x");
    assertThat(RequestLine.of("GET", "http://me:secret@host")).isEqualTo("GET /");
    assertThat(RequestLine.of("GET", "/x?to=http://a/b")).isEqualTo("GET /x");
    assertThat(RequestLine.of("OPTIONS", "*")).isEqualTo("OPTIONS *");
  }

  @Test
  void a_line_without_end_is_given_up() {
    client("G".repeat(100_000));
    assertThat(client("\r\n" + REQUEST).requests()).isZero();
    RequestSniffer other = new RequestSniffer();
    other.fromClient(bytes("GET /x HTTP/1.1\r\nUser-Agent: " + "a".repeat(100_000) + "\r\n\r\n"));
    assertThat(other.seen().agent()).hasSizeBetween(200, 256);
  }
}
