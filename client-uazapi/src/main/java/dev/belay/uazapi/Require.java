package dev.belay.uazapi;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Refuses misuse by the name of the argument. What a text says is nobody's business. */
final class Require {
  private Require() {}

  static String notBlank(@Nullable String value, String name) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name + " must not be " + (value == null ? "null" : "blank"));
    }
    return value;
  }

  static int atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
    }
    return value;
  }

  static Duration positive(Duration value, String name) {
    Objects.requireNonNull(value, name);
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be longer than zero, but is " + value);
    }
    return value;
  }

  static Duration between(Duration value, Duration most, String name) {
    Objects.requireNonNull(value, name);
    if (value.isNegative() || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " must be between zero and " + most + ", but is " + value);
    }
    return value;
  }
}
