package dev.belay.client;

import java.time.Duration;

/** The time that one call has, from its start to the end of its body, by the clock of its pool. */
final class Deadline {
  /** About a century: what is later need not be told apart, and sums of it do not overflow. */
  private static final long FAR = Long.MAX_VALUE / 4;

  private final NanoClock clock;
  private final Duration total;
  private final long startedAt;
  private final long endsAt;

  Deadline(NanoClock clock, Duration total) {
    this.clock = clock;
    this.total = total;
    startedAt = clock.nanos();
    endsAt = startedAt + (total.compareTo(Duration.ofNanos(FAR)) > 0 ? FAR : total.toNanos());
  }

  long now() {
    return clock.nanos();
  }

  long endsAt() {
    return endsAt;
  }

  Duration total() {
    return total;
  }

  Duration age() {
    return Duration.ofNanos(now() - startedAt);
  }

  Duration remaining() {
    return Duration.ofNanos(Math.max(0, endsAt - now()));
  }
}
