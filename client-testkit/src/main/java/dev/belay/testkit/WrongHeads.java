package dev.belay.testkit;

import static dev.belay.testkit.FaultExchange.answering;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** What is no head at all, and heads that ask for more than to be read. */
final class WrongHeads {

  private static final String UNAVAILABLE = "HTTP/1.1 503 Unavailable";
  private static final int FLAKY_EVERY = 3;

  private WrongHeads() {}

  static Map<Fault, FaultExchange.Script> scripts() {
    return Map.ofEntries(
        Map.entry(Fault.GARBAGE_STATUS, ending("\u0001\u0002 garbage \u00ff\r\n\r\n")),
        Map.entry(Fault.HTTP09, ending("<html>hello</html>\n")),
        Map.entry(Fault.SMTP_BANNER, ending("220 mail.test ESMTP ready\r\n")),
        Map.entry(Fault.STATUS_NEGATIVE, answering("HTTP/1.1 -1 OK")),
        Map.entry(Fault.STATUS_ABC, answering("HTTP/1.1 ABC OK")),
        Map.entry(Fault.STATUS_999, answering("HTTP/1.1 999 Odd")),
        Map.entry(
            Fault.STATUS_407, answering("HTTP/1.1 407 Authenticate", "Proxy-Authenticate: x")),
        Map.entry(Fault.STATUS_408, answering("HTTP/1.1 408 Timeout")),
        Map.entry(Fault.STATUS_421, answering("HTTP/1.1 421 Misdirected")),
        Map.entry(Fault.STATUS_429_RA_5, answering("HTTP/1.1 429 Slow down", "Retry-After: 5")),
        Map.entry(Fault.STATUS_503_RA_5, waiting("5")),
        Map.entry(Fault.STATUS_503_RA_0, waiting("0")),
        Map.entry(Fault.STATUS_503_RA_DATE_AHEAD, waitingUntil(Duration.ofSeconds(7))),
        Map.entry(Fault.STATUS_503_RA_DATE_PAST, waitingUntil(Duration.ofSeconds(-100))),
        Map.entry(Fault.STATUS_503_RA_NEGATIVE, waiting("-1")),
        Map.entry(Fault.STATUS_503_RA_SOON, waiting("soon")),
        Map.entry(Fault.STATUS_503_RA_FRACTION, waiting("1.5")),
        Map.entry(Fault.STATUS_503_RA_EMPTY, waiting("")),
        Map.entry(Fault.STATUS_503_RA_HUGE, waiting("99999999999")),
        Map.entry(Fault.FLAKY, WrongHeads::flaky));
  }

  /** The connection ends, as whoever does not speak HTTP would end it. */
  private static FaultExchange.Script ending(String text) {
    return exchange -> {
      exchange.send(text);
      exchange.line().end();
    };
  }

  private static FaultExchange.Script waiting(String retryAfter) {
    return answering(UNAVAILABLE, "Retry-After: " + retryAfter);
  }

  private static FaultExchange.Script waitingUntil(Duration ahead) {
    return exchange ->
        waiting(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.now().plus(ahead).atOffset(ZoneOffset.UTC)))
            .answer(exchange);
  }

  private static void flaky(FaultExchange exchange) throws IOException {
    if (exchange.number() % FLAKY_EVERY == 0) {
      exchange.answerWell();
    } else {
      answering(UNAVAILABLE).answer(exchange);
    }
  }
}
