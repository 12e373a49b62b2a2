package dev.belay.client;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A date in one of the three ways in which HTTP writes it (RFC 9110 section 5.6.7). OkHttp's own
 * reader takes the 99th of a month for one of the months after it.
 */
final class HttpDate {
  /** Two digits of a year are one of the last fifty or of those to come. */
  private static final LocalDate OLDEST = LocalDate.of(1976, 1, 1);

  private static final List<DateTimeFormatter> FORMS =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, OLDEST)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.US)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US)
              .withZone(ZoneOffset.UTC));

  private HttpDate() {}

  /** Null when it is none. */
  static @Nullable Instant parse(String text) {
    for (DateTimeFormatter form : FORMS) {
      try {
        return form.parse(text, Instant::from);
      } catch (DateTimeParseException e) {
        Log.CALL.trace("not in this form of a date: {}", e.getClass()); // its message quotes
      }
    }
    return null;
  }
}
