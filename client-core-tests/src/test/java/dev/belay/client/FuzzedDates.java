package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the value of a Retry-After, and the date that it may be. */
final class FuzzedDates implements FuzzedUse {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public String take(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    Instant date = HttpDate.parse(text);
    Duration wait = RetryAfter.parse(text, NOW);
    assertThat(wait == null || !wait.isNegative()).as(text).isTrue();
    return wait == null ? "not understood" : kind(date);
  }

  private static String kind(@Nullable Instant date) {
    return date == null ? "seconds" : "date";
  }
}
