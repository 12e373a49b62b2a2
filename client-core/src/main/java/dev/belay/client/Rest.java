package dev.belay.client;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
import okio.Source;
import okio.Timeout;

/** What is left of a body that is closed: a small rest is read, so that the connection stays. */
final class Rest {
  private static final int SMALL = 64 * 1024;
  private static final int DRAIN_MILLIS = 100;
  private static final int CHUNK = 8 * 1024;

  private Rest() {}

  /**
   * Whether the body has ended.
   *
   * @param announced how many bytes are left, if that is known
   */
  static boolean drain(Exchange exchange, Source body, long announced) {
    if (announced > SMALL) {
      return false;
    }
    Timeout timeout = body.timeout();
    timeout.deadline(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
    try {
      return read(exchange, body);
    } catch (IOException | RuntimeException e) {
      return false;
    } finally {
      timeout.clearDeadline();
    }
  }

  private static boolean read(Exchange exchange, Source body) throws IOException {
    Buffer rest = new Buffer();
    for (long read = 0; read < SMALL; rest.clear()) {
      long n = body.read(rest, CHUNK);
      if (n == -1 || exchange.traces.bodyEnded()) {
        return exchange.traces.bodyEnded();
      }
      read += n;
    }
    return false;
  }
}
