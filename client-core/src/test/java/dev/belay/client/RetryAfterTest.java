package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
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

  @ParameterizedTest
  @ValueSource(strings = {"99999999999", "9223372036854775808", "999999999999999999999999"})
  void what_is_too_long_to_count_is_longer_than_any_deadline(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isGreaterThan(Duration.ofDays(10_000));
  }

  @ParameterizedTest
  @NullSource
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
