package dev.belay.testkit;

import java.io.IOException;

/**
 * A request to a {@link FaultServer}, and the line to answer it on.
 *
 * @param site where the server is, for redirects
 * @param line the connection that the request came on
 * @param request its head; its body was read and dropped
 * @param number of this request among all to the fault, from 1 on
 * @param onConnection of this request among all of its connection, from 1 on
 */
record FaultExchange(
    FaultSite site, FaultLine line, Received request, int number, int onConnection) {

  static final String OK = "HTTP/1.1 200 OK\r\n";

  /** What to do about it. The connection stays open, unless the script closes it. */
  @FunctionalInterface
  interface Script {
    void answer(FaultExchange exchange) throws IOException;
  }

  static Script sending(String text) {
    return exchange -> exchange.send(text);
  }

  /** An answer with a length, as it should be. */
  static Script answering(String statusLine, String... fields) {
    String head = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    return sending(statusLine + "\r\n" + head + "Content-Length: 4\r\n\r\nbody");
  }

  void send(String text) throws IOException {
    line.send(text);
  }

  void answerWell() throws IOException {
    send(OK + "Content-Length: 2\r\n\r\nok");
  }

  boolean isPost() {
    return request.method().equals("POST");
  }
}
