package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

/** Pools with the defaults, on a clock of their test. */
final class Pools {
  private Pools() {}

  static BoundedPool on(NanoClock clock) {
    return on(clock, 0.5);
  }

  private static BoundedPool on(NanoClock clock, double random) {
    try (BoundedPool standard = BoundedPool.builder().build()) {
      return new BoundedPool(new PoolState(standard.state().settings, clock, () -> random));
    }
  }

  /** One that nobody sweeps but its test. */
  static BoundedPool on(ManualClock clock) {
    return on(clock, 0.5);
  }

  /**
   * @param random what every draw gives
   */
  static BoundedPool on(ManualClock clock, double random) {
    BoundedPool pool = on((NanoClock) clock, random);
    Thread none = pool.state().housekeeper.stop();
    assertThat(none).isNull();
    return pool;
  }
}
