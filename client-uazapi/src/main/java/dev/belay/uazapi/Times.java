package dev.belay.uazapi;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The forms in which the server writes a time. What is before 1970 is Go's way to say "never". */
final class Times {
  /** As milliseconds this is 1973, as seconds the year 5138: where one unit ends. */
  private static final long SECONDS_END = 100_000_000_000L;

  private Times() {}

  /** ISO 8601, also with a space instead of the {@code T}; null for anything else. */
  static @Nullable Instant parse(String text) {
    try {
      Instant time = Instant.parse(text.replaceFirst(" ", "T"));
      return time.isAfter(Instant.EPOCH) ? time : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Seconds or milliseconds since 1970. */
  static @Nullable Instant ofEpoch(long number) {
    if (number <= 0) {
      return null;
    }
    boolean seconds = number < SECONDS_END;
    return seconds ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
  }
}
