package dev.belay.testkit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** A range from which the time of each answer is drawn. */
record AnswerTiming(Duration min, Duration max) {

  static final AnswerTiming AT_ONCE = new AnswerTiming(Duration.ZERO, Duration.ZERO);

  AnswerTiming {
    if (min.isNegative() || min.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "answer times must not be negative nor the shortest above the longest, but are "
              + min
              + " to "
              + max);
    }
  }

  Duration draw(RandomGenerator random) {
    return min.plusNanos(random.nextLong(max.minus(min).toNanos() + 1));
  }

  @Override
  public String toString() {
    return min + " to " + max;
  }
}
