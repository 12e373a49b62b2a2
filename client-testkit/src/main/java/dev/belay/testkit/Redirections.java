package dev.belay.testkit;

import java.io.IOException;
import java.util.Map;
import java.util.function.Function;

/**
 * Redirects that a careful client does not follow, or not for ever. A GET is answered with 302, and
 * a POST with 307, which would carry its body along.
 */
final class Redirections {

  private static final int STEPS = 50;
  private static final String AWAY = "/elsewhere";

  private Redirections() {}

  static Map<Fault, FaultExchange.Script> scripts() {
    return Map.of(
        Fault.REDIRECT_LOOP, to(x -> x.request().path()),
        Fault.REDIRECT_CHAIN, Redirections::chain,
        Fault.REDIRECT_CROSS, to(x -> x.site().elsewhere("localhost") + AWAY),
        Fault.REDIRECT_PORT, to(x -> x.site().elsewhere("127.0.0.1") + AWAY),
        Fault.REDIRECT_USERINFO, to(Redirections::withUser),
        Fault.REDIRECT_DOWNGRADE, to(x -> x.site().elsewhere("127.0.0.1") + AWAY),
        Fault.REDIRECT_REFUSED, Redirections::leave,
        Fault.REDIRECT_FILE, to(x -> "file:///etc/hostname"),
        Fault.REDIRECT_BAD, to(x -> "http://[::"),
        Fault.REDIRECT_NONE, x -> x.send(head(x) + "\r\n"));
  }

  private static FaultExchange.Script to(Function<FaultExchange, String> location) {
    return exchange -> redirect(exchange, location.apply(exchange));
  }

  private static void redirect(FaultExchange exchange, String location) throws IOException {
    exchange.send(head(exchange) + "Location: " + location + "\r\n\r\n");
  }

  private static String head(FaultExchange exchange) {
    String status = exchange.isPost() ? "307 Temporary Redirect" : "302 Found";
    return "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n";
  }

  private static String withUser(FaultExchange exchange) {
    return exchange.site().here().replace("://", "://user:password@") + AWAY;
  }

  /** The steps are counted in the query. */
  private static void chain(FaultExchange exchange) throws IOException {
    String query = exchange.request().query();
    int step = query == null ? 0 : Integer.parseInt(query);
    if (step == STEPS) {
      exchange.answerWell();
    } else {
      redirect(exchange, exchange.request().path() + "?" + (step + 1));
    }
  }

  private static void leave(FaultExchange exchange) throws IOException {
    exchange.site().closePort();
    exchange.send(head(exchange) + "Connection: close\r\nLocation: /\r\n\r\n");
    exchange.line().end();
  }
}
