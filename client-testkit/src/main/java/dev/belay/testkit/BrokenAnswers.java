package dev.belay.testkit;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Answers that break off, in each way and at each place, and connections that do after one. */
final class BrokenAnswers {

  private static final String CHUNKS = FaultExchange.OK + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String LENGTH = FaultExchange.OK + "Content-Length: 10\r\n\r\n";

  /** Where an answer breaks off, with what comes before. */
  private enum Place {
    BEFORE_RESPONSE(""),
    MID_STATUS("HTTP/1.1 2"),
    MID_HEADER(FaultExchange.OK + "Content-Le"),
    AFTER_HEADER(LENGTH),
    MID_BODY(LENGTH + "hello"),
    MID_CHUNK(CHUNKS + "a\r\nhello"),
    BEFORE_LAST_CHUNK(CHUNKS + "5\r\nhello\r\n");

    private final String before;

    Place(String before) {
      this.before = before;
    }
  }

  /** How it breaks off. */
  private enum Break {
    FIN {
      @Override
      void apply(FaultLine line) throws IOException {
        line.fin();
      }
    },
    RST {
      @Override
      void apply(FaultLine line) throws IOException {
        line.reset();
      }
    },
    STALL {
      @Override
      void apply(FaultLine line) throws IOException {
        line.stall();
      }
    };

    abstract void apply(FaultLine line) throws IOException;
  }

  private BrokenAnswers() {}

  static Map<Fault, FaultExchange.Script> scripts() {
    Map<Fault, FaultExchange.Script> scripts = new EnumMap<>(Fault.class);
    for (Break end : Break.values()) {
      for (Place place : Place.values()) {
        scripts.put(Fault.valueOf(end + "_" + place), breakingOff(end, place.before));
      }
    }
    scripts.put(Fault.KEEPALIVE_RACE_FIN, firstWell(breakingOff(Break.FIN, "")));
    scripts.put(Fault.KEEPALIVE_RACE_RST, firstWell(breakingOff(Break.RST, "")));
    scripts.put(Fault.RST_MID_REQUEST, breakingOff(Break.RST, ""));
    scripts.put(Fault.IDLE_CLOSE, BrokenAnswers::closeUnannounced);
    scripts.put(Fault.CONN_CLOSE, BrokenAnswers::closeAsAnnounced);
    scripts.put(Fault.TLS_NO_CLOSE_NOTIFY, breakingOff(Break.FIN, FaultExchange.OK + "\r\nhello"));
    return scripts;
  }

  /** What breaks before the body of the request was read. */
  static List<Fault> withoutRequestBody() {
    return List.of(Fault.RST_MID_REQUEST);
  }

  private static FaultExchange.Script breakingOff(Break end, String before) {
    return exchange -> {
      exchange.send(before);
      end.apply(exchange.line());
    };
  }

  private static FaultExchange.Script firstWell(FaultExchange.Script second) {
    return exchange -> {
      if (exchange.onConnection() == 1) {
        exchange.answerWell();
      } else {
        second.answer(exchange);
      }
    };
  }

  private static void closeUnannounced(FaultExchange exchange) throws IOException {
    exchange.answerWell();
    exchange.line().end();
  }

  private static void closeAsAnnounced(FaultExchange exchange) throws IOException {
    exchange.send(FaultExchange.OK + "Connection: close\r\nContent-Length: 2\r\n\r\nok");
    exchange.line().end();
  }
}
