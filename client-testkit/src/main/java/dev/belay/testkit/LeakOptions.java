package dev.belay.testkit;

import java.time.Duration;
import java.util.List;

/**
 * How strict the leak check is.
 *
 * @param grace how long what is being closed elsewhere may still take
 * @param allowed what is no leak
 */
record LeakOptions(Duration grace, List<OptOut> allowed) {
  static final LeakOptions STRICT = new LeakOptions(Duration.ofMillis(250), List.of());

  boolean isStrict() {
    return equals(STRICT);
  }

  boolean allows(Leak leak) {
    return allowed.stream().anyMatch(one -> one.covers(leak));
  }
}
