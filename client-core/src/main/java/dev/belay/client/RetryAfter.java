package dev.belay.client;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The Retry-After header (RFC 9110 section 10.2.3), kept away from OkHttp.
 *
 * <p>OkHttp 5.5 replays a 503 with {@code Retry-After: 0}, whatever the method, and dies with a
 * NumberFormatException of a large value. So it never sees the header.
 */
final class RetryAfter {
  static final String HEADER = "Retry-After";
  private static final String HIDDEN = "Belay-Hidden-Retry-After";

  /** More than any deadline; larger numbers of seconds mean the same and would overflow. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final int MOST_DIGITS = 10;

  /** A network interceptor, below everything of OkHttp that could read the header. */
  static final Interceptor HIDE = chain -> rename(chain.proceed(chain.request()), HEADER, HIDDEN);

  private RetryAfter() {}

  static Response restore(Response answer) {
    return rename(answer, HIDDEN, HEADER);
  }

  private static Response rename(Response answer, String from, String to) {
    if (answer.header(from) == null) {
      return answer;
    }
    Response.Builder renamed = answer.newBuilder().removeHeader(from).removeHeader(to);
    answer.headers(from).forEach(value -> renamed.addHeader(to, value));
    return renamed.build();
  }

  /** How long to wait from now; null when the value says nothing that can be understood. */
  static @Nullable Duration parse(@Nullable String value, Instant now) {
    if (value == null) {
      return null;
    }
    String text = value.trim();
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? seconds(text)
        : date(text, now);
  }

  private static Duration seconds(String digits) {
    if (digits.length() > MOST_DIGITS) {
      return LONGEST;
    }
    Duration wait = Duration.ofSeconds(Long.parseLong(digits));
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private static @Nullable Duration date(String text, Instant now) {
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, at);
      return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
