package dev.belay.client;

import java.io.IOException;
import java.util.Set;

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

  /** Of who writes to a stream or connection that has ended; what ended it is for its reader. */
  private static final Set<String> ENDED = Set.of("closed", "stream closed", "stream finished");

  private StreamReset() {}

  /** Whether it is one: of the network, whatever came before it. */
  static boolean is(IOException failure) {
    return failure.getClass().getName().equals(RESET);
  }

  /** Whether no more could be written, for a reason that this does not say. */
  static boolean isEnd(IOException failure) {
    return failure.getClass() == IOException.class && ENDED.contains("" + failure.getMessage());
  }

  /** OkHttp tries to read an answer after a write that failed, and adds what came of it. */
  static IOException reasonOf(IOException failure) {
    Throwable[] read = failure.getSuppressed();
    return isEnd(failure) && read.length > 0 && read[0] instanceof IOException io ? io : failure;
  }

  static void note(Exchange exchange, IOException seen) {
    IOException failure = reasonOf(seen);
    String message = failure.getMessage();
    if (is(failure)) {
      exchange.wasReset(message != null && message.endsWith(REFUSED));
    } else if (failure.getClass().getName().equals(SHUT_DOWN)) {
      exchange.wasReset(true);
    }
  }
}
