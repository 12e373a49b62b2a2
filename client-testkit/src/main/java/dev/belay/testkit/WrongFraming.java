package dev.belay.testkit;

import static dev.belay.testkit.FaultExchange.sending;

import java.util.Map;

/** Bodies whose end is told wrongly. */
final class WrongFraming {

  private static final String OK = FaultExchange.OK;
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final String OK_CHUNKED = OK + CHUNKED + "\r\n";

  private WrongFraming() {}

  static Map<Fault, FaultExchange.Script> scripts() {
    return Map.ofEntries(
        Map.entry(Fault.CL_NEGATIVE, length("-5", "hello")),
        Map.entry(Fault.CL_TEXT, length("five", "hello")),
        Map.entry(Fault.CL_OVERFLOW, length("99999999999999999999", "hello")),
        Map.entry(Fault.CL_TWO, length("5\r\nContent-Length: 3", "hello")),
        Map.entry(Fault.CL_AND_CHUNKED, chunkedToo()),
        Map.entry(
            Fault.CL_LONG,
            exchange -> {
              length("10", "hello").answer(exchange);
              exchange.line().end();
            }),
        Map.entry(Fault.CL_SHORT, length("2", "okay and more")),
        Map.entry(Fault.POISON, length("2", "ok" + OK + "Content-Length: 6\r\n\r\npoison")),
        Map.entry(Fault.CHUNK_TEXT, sending(OK_CHUNKED + "five\r\nhello\r\n0\r\n\r\n")),
        Map.entry(Fault.CHUNK_NEGATIVE, sending(OK_CHUNKED + "-5\r\nhello\r\n0\r\n\r\n")),
        Map.entry(
            Fault.CHUNK_OVERFLOW, sending(OK_CHUNKED + "fffffffffffffffff\r\nhello\r\n0\r\n\r\n")),
        Map.entry(Fault.CHUNK_NO_CRLF, sending(OK_CHUNKED + "5\r\nhello5\r\nworld\r\n0\r\n\r\n")),
        Map.entry(Fault.CHUNK_LONG, sending(OK_CHUNKED + "2\r\nok and more\r\n0\r\n\r\n")));
  }

  private static FaultExchange.Script length(String length, String body) {
    return sending(OK + "Content-Length: " + length + "\r\n\r\n" + body);
  }

  /** RFC 9112 section 6.3: the chunks count, and the connection must not be used again. */
  private static FaultExchange.Script chunkedToo() {
    return sending(OK + CHUNKED + "Content-Length: 100\r\n\r\n2\r\nok\r\n0\r\n\r\n");
  }
}
