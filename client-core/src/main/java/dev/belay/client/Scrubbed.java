package dev.belay.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What stands for an exception of OkHttp whose message repeats the bytes of a server, which may
 * have been told a secret: its type, its stack, and of its message the part before the quotation.
 */
final class Scrubbed extends IOException {
  private static final long serialVersionUID = 1;

  private Scrubbed(String message) {
    super(message, null);
  }

  static Scrubbed of(Throwable original) {
    Scrubbed scrubbed = new Scrubbed(original.getClass().getName() + words(original.getMessage()));
    scrubbed.setStackTrace(original.getStackTrace());
    return scrubbed;
  }

  /** OkHttp quotes after a colon or in quotation marks, and its numbers are the server's too. */
  private static String words(@Nullable String message) {
    if (message == null) {
      return "";
    }
    int end = 0;
    while (end < message.length() && isWording(message.charAt(end))) {
      end++;
    }
    return ": " + message.substring(0, end).trim();
  }

  private static boolean isWording(char c) {
    return Character.isLetter(c) || c == ' ' || c == '-';
  }
}
