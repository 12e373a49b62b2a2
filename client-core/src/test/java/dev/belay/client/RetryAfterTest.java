package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, PT0S", "5, PT5S", "' 7 ', PT7S", "0005, PT5S"})
  void seconds_are_a_wait(String value, Duration wait) {
    assertThat(RetryAfter.parse(value, NOW)).isEqualTo(wait);
  }

  @Test
  void a_date_is_a_wait_until_then_and_one_that_has_passed_is_none() {
    assertThat(RetryAfter.parse("Sat, 21 Nov 2026 12:00:30 GMT", NOW))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryAfter.parse("Sat, 21 Nov 2026 11:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
  }

  /** RFC 9110 section 5.6.7: a recipient understands the two old forms too. */
  @ParameterizedTest
  @ValueSource(strings = {"Saturday, 21-Nov-26 12:00:30 GMT", "Sat Nov 21 12:00:30 2026"})
  void an_old_form_of_a_date_is_understood(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void a_date_in_the_last_century_has_passed() {
    assertThat(RetryAfter.parse("Sunday, 06-Nov-94 08:49:37 GMT", NOW)).isEqualTo(Duration.ZERO);
    assertThat(RetryAfter.parse("Sun Nov  6 08:49:37 1994", NOW)).isEqualTo(Duration.ZERO);
  }

  @Test
  void a_date_counts_from_the_clock_of_the_server() {
    Headers headers =
        Headers.of(
            "Date",
            "Sat, 21 Nov 2020 12:00:00 GMT",
            "Retry-After",
            "Sat, 21 Nov 2020 12:00:07 GMT");
    assertThat(RetryAfter.of(headers)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void of_several_the_longest_that_is_understood_counts() {
    Headers headers = Headers.of("Retry-After", "3", "Retry-After", "5", "Retry-After", "soon");
    assertThat(RetryAfter.of(headers)).isEqualTo(Duration.ofSeconds(5));
    assertThat(RetryAfter.of(Headers.of("Retry-After", "soon"))).isNull();
    assertThat(RetryAfter.of(Headers.EMPTY)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999", "9223372036854775808", "999999999999999999999999"})
  void what_is_too_long_to_count_is_longer_than_any_deadline(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isGreaterThan(Duration.ofDays(10_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "5s", "Sat, 99 Nov 2026 12:00:30 GMT"})
  void garbage_says_nothing(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isNull();
  }

  @Test
  void no_string_makes_it_throw() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      char[] chars = new char[random.nextInt(40)];
      for (int c = 0; c < chars.length; c++) {
        chars[c] = (char) (random.nextBoolean() ? '0' + random.nextInt(10) : random.nextInt(256));
      }
      Duration wait = RetryAfter.parse(new String(chars), NOW);
      assertThat(wait == null || !wait.isNegative()).isTrue();
    }
  }
}
