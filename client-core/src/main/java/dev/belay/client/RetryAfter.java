package dev.belay.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import okhttp3.Headers;
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
  private static final Pattern LEADING_ZEROS = Pattern.compile("^0+");

  private RetryAfter() {}

  /** To be done below everything of OkHttp that could read the header. */
  static Response hide(Response answer) {
    return rename(answer, HEADER, HIDDEN);
  }

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

  /**
   * How long the server wants to be left alone: the longest that it names, if it names several. A
   * date counts from the server's own clock where it tells that, not from ours.
   *
   * @return null when it says nothing that can be understood
   */
  static @Nullable Duration of(Headers headers) {
    List<String> values = headers.values(HEADER);
    if (values.isEmpty()) {
      return null;
    }
    String date = headers.get("Date");
    Instant sent = date == null ? null : HttpDate.parse(date);
    Instant now = sent == null ? Instant.now() : sent;
    return values.stream()
        .map(value -> parse(value, now))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /** How long to wait from now; null when the value says nothing that can be understood. */
  static @Nullable Duration parse(String value, Instant now) {
    String text = value.trim();
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? seconds(text)
        : date(text, now);
  }

  private static Duration seconds(String digits) {
    String significant = LEADING_ZEROS.matcher(digits).replaceFirst("");
    if (significant.length() > MOST_DIGITS) {
      return LONGEST;
    }
    return shortened(Duration.ofSeconds(significant.isEmpty() ? 0 : Long.parseLong(significant)));
  }

  private static @Nullable Duration date(String text, Instant now) {
    Instant at = HttpDate.parse(text);
    if (at == null) {
      return null;
    }
    Duration wait = Duration.between(now, at);
    return wait.isNegative() ? Duration.ZERO : shortened(wait);
  }

  private static Duration shortened(Duration wait) {
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
