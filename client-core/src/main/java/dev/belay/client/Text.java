package dev.belay.client;

import java.time.Duration;
import okhttp3.Request;

/** The words that messages and reports are made of. */
final class Text {
  private Text() {}

  /** {@code 850 ms} below ten seconds, {@code 12.3 s} from there. */
  static String of(Duration d) {
    long ms = d.toMillis();
    return ms < 10_000 ? ms + " ms" : Math.floor(ms / 100.0) / 10 + " s";
  }

  /** Method, origin and path. A query may hold secrets and stays out of every message. */
  static String of(Request request) {
    return request.method() + " " + Origin.of(request.url()) + request.url().encodedPath();
  }
}
