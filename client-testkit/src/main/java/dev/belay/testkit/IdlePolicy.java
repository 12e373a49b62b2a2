package dev.belay.testkit;

import java.time.Duration;

/**
 * When a server gives up a connection that waits for its next request.
 *
 * @param limit how long it may wait; zero is for ever
 * @param announced whether answers say so in {@code Keep-Alive: timeout}
 */
record IdlePolicy(Duration limit, boolean announced) {

  static final IdlePolicy NEVER = new IdlePolicy(Duration.ZERO, false);

  IdlePolicy {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("idle limit must not be negative but is " + limit);
    }
    if (announced && limit.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "an announced idle limit must be at least 1 s, the unit of the header, but is " + limit);
    }
  }
}
