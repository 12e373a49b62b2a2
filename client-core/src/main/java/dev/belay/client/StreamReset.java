package dev.belay.client;

import java.io.IOException;

/**
 * What OkHttp throws for an HTTP/2 stream that ended too early. Its types are not for others, so
 * their names and words have to do; a test pins them.
 */
final class StreamReset {
  private static final String RESET = "okhttp3.internal.http2.StreamResetException";

  /** A new stream on a connection that has been shut down: no byte of it was written. */
  private static final String SHUT_DOWN = "okhttp3.internal.http2.ConnectionShutdownException";

  /**
   * The server did not look at the request (RFC 9113 section 8.7); what comes after the last stream
   * of a GOAWAY gets the same code from OkHttp.
   */
  private static final String REFUSED = "REFUSED_STREAM";

  private StreamReset() {}

  /** Whether it is one: of the network, whatever came before it. */
  static boolean is(IOException failure) {
    return failure.getClass().getName().equals(RESET);
  }

  static void note(Exchange exchange, IOException failure) {
    String message = failure.getMessage();
    if (is(failure)) {
      exchange.wasReset(message != null && message.endsWith(REFUSED));
    } else if (failure.getClass().getName().equals(SHUT_DOWN)) {
      exchange.wasReset(true);
    }
  }
}
