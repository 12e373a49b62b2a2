package dev.belay.client;

import java.time.Duration;

/** The time that one call has, from its start to the end of its body, by the clock of its pool. */
final class Deadline {
  private final NanoClock clock;
  private final Duration total;
  private final long startedAt;

  /** Moved once, by the driver, when what it bounds goes on as a stream; read by anybody. */
  private volatile long endsAt;

  /**
   * @param total no longer than a century, as {@link Check} leaves it, so that it fits a long
   */
  Deadline(NanoClock clock, Duration total) {
    this.clock = clock;
    this.total = total;
    startedAt = clock.nanos();
    endsAt = startedAt + total.toNanos();
  }

  /** From now on only silence ends it. */
  void lift() {
    endsAt = clock.nanos() + Check.CENTURY.toNanos();
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

  /** How much later than the other this one started, in nanoseconds. */
  long startedAfter(Deadline other) {
    return startedAt - other.startedAt;
  }

  Duration age() {
    return Duration.ofNanos(now() - startedAt);
  }

  Duration remaining() {
    return Duration.ofNanos(Math.max(0, endsAt - now()));
  }
}
