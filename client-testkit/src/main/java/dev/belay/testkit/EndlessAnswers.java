package dev.belay.testkit;

import java.io.IOException;
import java.util.Map;

/** Answers that go on, slowly or as fast as they can. */
final class EndlessAnswers {

  private static final String CHUNKS = FaultExchange.OK + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String INTERIM = "HTTP/1.1 102 Processing\r\n\r\n";
  private static final String FIELD = "X-More: of it\r\n";
  private static final String CHUNK = "5\r\nhello\r\n";
  private static final String FILLING = "x".repeat(16 * 1024);

  /** So many that what is written at once fills a record of TLS. */
  private static final int MANY = 1_500;

  private static final int BIG_STRING = 64 * 1024 * 1024;

  private EndlessAnswers() {}

  static Map<Fault, FaultExchange.Script> scripts() {
    return Map.ofEntries(
        Map.entry(Fault.TRICKLE_HEADER, trickling(FaultExchange.OK, FIELD)),
        Map.entry(Fault.TRICKLE_BODY, trickling(ofLength(100_000), "x")),
        Map.entry(Fault.TRICKLE_CHUNK, trickling(CHUNKS, CHUNK)),
        Map.entry(Fault.INTERIM_TRICKLE, trickling("", INTERIM)),
        Map.entry(Fault.INTERIM_FLOOD, flooding("", INTERIM.repeat(MANY))),
        Map.entry(Fault.HEADER_FLOOD, flooding(FaultExchange.OK, FIELD.repeat(MANY))),
        Map.entry(Fault.TRAILER_FLOOD, flooding(CHUNKS + CHUNK + "0\r\n", FIELD.repeat(MANY))),
        Map.entry(Fault.CHUNK_EXT_FLOOD, flooding(CHUNKS + "5;", FILLING)),
        Map.entry(Fault.INFINITE_BODY, flooding(FaultExchange.OK + "\r\n", FILLING)),
        Map.entry(Fault.INFINITE_CHUNKS, flooding(CHUNKS, CHUNK.repeat(MANY))),
        Map.entry(Fault.HUGE_LENGTH, flooding(ofLength(Long.MAX_VALUE), FILLING)),
        Map.entry(Fault.JSON_BIGSTRING, EndlessAnswers::bigString));
  }

  private static String ofLength(long length) {
    return FaultExchange.OK + "Content-Length: " + length + "\r\n\r\n";
  }

  private static FaultExchange.Script trickling(String first, String each) {
    return exchange -> {
      exchange.send(first);
      exchange.line().trickle(each);
    };
  }

  private static FaultExchange.Script flooding(String first, String each) {
    return exchange -> {
      exchange.send(first);
      exchange.line().flood(each);
    };
  }

  private static void bigString(FaultExchange exchange) throws IOException {
    String type = "Content-Type: application/json\r\n";
    int length = BIG_STRING + "[\"\"]".length();
    exchange.send(FaultExchange.OK + type + "Content-Length: " + length + "\r\n\r\n[\"");
    for (int sent = 0; sent < BIG_STRING; sent += FILLING.length()) {
      exchange.send(FILLING);
    }
    exchange.send("\"]");
  }
}
