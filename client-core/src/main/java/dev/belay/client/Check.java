package dev.belay.client;

import java.time.Duration;
import java.util.Objects;

/** Refuses settings at build time, by the name that the user wrote. */
final class Check {
  private Check() {}

  static int atLeast(int least, int value, String setting) {
    if (value < least) {
      throw new IllegalArgumentException(
          setting + " must be at least " + least + ", but is " + value);
    }
    return value;
  }

  static Duration notNegative(Duration value, String setting) {
    if (Objects.requireNonNull(value, setting).isNegative()) {
      throw new IllegalArgumentException(setting + " must not be negative, but is " + value);
    }
    return value;
  }

  static Duration positive(Duration value, String setting) {
    if (notNegative(value, setting).isZero()) {
      throw new IllegalArgumentException(setting + " must be longer than zero");
    }
    return value;
  }

  static String notBlank(String value, String setting) {
    if (Objects.requireNonNull(value, setting).isBlank()) {
      throw new IllegalArgumentException(setting + " must not be blank");
    }
    return value;
  }
}
