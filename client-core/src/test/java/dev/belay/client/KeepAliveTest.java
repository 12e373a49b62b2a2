package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeepAliveTest {
  private static final long ANSWERED = -5_000_000_000L; // the clock may begin anywhere

  private static Duration limit(String... values) {
    Headers.Builder headers = new Headers.Builder();
    for (String value : values) {
      headers.addUnsafeNonAscii("keep-alive", value);
    }
    KeepAlive keepAlive = new KeepAlive();
    keepAlive.answered(ANSWERED, headers.build());
    return Duration.ofNanos(keepAlive.until() - ANSWERED);
  }

  @ParameterizedTest
  @CsvSource({
    "timeout=5, PT4S",
    "timeout=2, PT1S",
    "timeout=1, PT0.5S",
    "timeout=0, PT0S",
    "timeout=60, PT59S",
    "'timeout=5, max=100', PT4S",
    "'max=100,\tTimeout=5', PT4S",
    "'timeout=9, timeout=5', PT4S",
    "timeout=0005, PT4S"
  })
  void a_margin_of_a_second_or_half_of_it_is_kept(String value, Duration limit) {
    assertThat(limit(value)).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "5",
        "max=5",
        "timeout",
        "timeout=",
        "timeout=-1",
        "timeout=+5",
        "timeout=5s",
        "timeout=1.5",
        "timeout=\"5\"",
        "timeout = 5",
        "timeout=5; max=7",
        "xtimeout=5",
        "timeout=\u0665",
        "timeout=9223372036854775808",
        "timeout=999999999999999999999999999999999999999999"
      })
  void garbage_and_what_is_too_long_to_count_limit_nothing(String value) {
    assertThat(limit(value)).isGreaterThan(Duration.ofDays(10_000));
  }

  @Test
  void of_several_headers_the_shortest_counts_and_none_limits_nothing() {
    assertThat(limit("timeout=9", "nonsense", "timeout=3")).isEqualTo(Duration.ofSeconds(2));
    assertThat(limit()).isGreaterThan(Duration.ofDays(10_000));
  }

  @Test
  void it_is_over_at_its_end_and_not_before() {
    KeepAlive keepAlive = new KeepAlive();
    keepAlive.answered(ANSWERED, Headers.of("Keep-Alive", "timeout=5"));
    long end = ANSWERED + Duration.ofSeconds(4).toNanos();
    assertThat(keepAlive.isOver(end - 1)).isFalse();
    assertThat(keepAlive.isOver(end)).isTrue();
    keepAlive.answered(end, Headers.of());
    assertThat(keepAlive.isOver(end + Duration.ofDays(365).toNanos())).isFalse();
  }

  @Test
  void no_value_makes_it_throw() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      char[] chars = new char[random.nextInt(20)];
      for (int c = 0; c < chars.length; c++) {
        chars[c] =
            (char) (random.nextBoolean() ? '0' + random.nextInt(10) : 32 + random.nextInt(95));
      }
      assertThat(limit("timeout=" + new String(chars)).isNegative()).isFalse();
    }
  }
}
