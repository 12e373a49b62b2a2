package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

/** Pools on a clock of their test, with the defaults where it says nothing else. */
final class Pools {
  private Pools() {}

  static BoundedPool on(NanoClock clock, BoundedPoolBuilder builder) {
    return on(clock, builder, 0.5);
  }

  private static BoundedPool on(NanoClock clock, BoundedPoolBuilder builder, double random) {
    try (BoundedPool model = builder.build()) {
      return new BoundedPool(new PoolState(model.state().settings, clock, () -> random));
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
    BoundedPool pool = on(clock, BoundedPool.builder(), random);
    Thread none = pool.state().housekeeper.stop();
    assertThat(none).isNull();
    return pool;
  }
}
