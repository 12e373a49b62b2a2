package dev.belay.client;

import java.time.Duration;
import java.util.Objects;

/** Refuses settings at build time, by the name that the user wrote. */
final class Check {
  static final Duration CENTURY = Duration.ofDays(36_500);

  private Check() {}

  static int atLeast(int least, int value, String setting) {
    if (value < least) {
      throw new IllegalArgumentException(
          setting + " must be at least " + least + ", but is " + value);
    }
    return value;
  }

  /** What is longer than a century is a century: nobody waits for its end, and sums fit a long. */
  static Duration notNegative(Duration value, String setting) {
    if (Objects.requireNonNull(value, setting).isNegative()) {
      throw new IllegalArgumentException(setting + " must not be negative, but is " + value);
    }
    return value.compareTo(CENTURY) > 0 ? CENTURY : value;
  }

  static long notNegative(long value, String setting) {
    if (value < 0) {
      throw new IllegalArgumentException(setting + " must be at least 0, but is " + value);
    }
    return value;
  }

  static long atLeastOne(long value, String setting) {
    if (value < 1) {
      throw new IllegalArgumentException(setting + " must be at least 1, but is " + value);
    }
    return value;
  }

  static Duration positive(Duration value, String setting) {
    Duration checked = notNegative(value, setting);
    if (checked.isZero()) {
      throw new IllegalArgumentException(setting + " must be longer than zero");
    }
    return checked;
  }

  static String notBlank(String value, String setting) {
    if (Objects.requireNonNull(value, setting).isBlank()) {
      throw new IllegalArgumentException(setting + " must not be blank");
    }
    return value;
  }
}
