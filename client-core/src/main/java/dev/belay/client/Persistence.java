package dev.belay.client;

import java.util.Arrays;
import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Whether a connection can carry another request after an answer that was read to its end (RFC 9112
 * section 9.3). Where that is in doubt it cannot: an answer that was framed in two ways may have
 * its end somewhere else, and a server that has answered early still reads the old request.
 */
final class Persistence {
  private Persistence() {}

  static boolean of(Exchange exchange, Response answer) {
    return !exchange.carrier.keepAlive.isOver(exchange.call.deadline.now())
        && !exchange.traces.hasBrokenOff()
        && !Repeatable.isElsewhere(answer.code())
        && answer.protocol() != Protocol.HTTP_1_0
        && !Framing.isAmbiguous(answer.headers())
        && !saysClose(answer.headers())
        && !saysClose(answer.request().headers());
  }

  /** One of the options in one of the lines (RFC 9110 section 7.6.1); OkHttp knows it alone. */
  private static boolean saysClose(Headers headers) {
    return headers.values("Connection").stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .anyMatch(option -> option.trim().equalsIgnoreCase("close"));
  }
}
