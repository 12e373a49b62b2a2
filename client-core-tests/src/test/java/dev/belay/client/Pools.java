package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

/** Pools with the defaults, on a clock of their test. */
final class Pools {
  private Pools() {}

  static BoundedPool on(NanoClock clock) {
    try (BoundedPool standard = BoundedPool.builder().build()) {
      return new BoundedPool(new PoolState(standard.state().settings, clock, () -> 0.5));
    }
  }

  /** One that nobody sweeps but its test. */
  static BoundedPool on(ManualClock clock) {
    BoundedPool pool = on((NanoClock) clock);
    Thread none = pool.state().housekeeper.stop();
    assertThat(none).isNull();
    return pool;
  }
}
