package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final int SAMPLES = 20;
  private final Random random = new Random(7);

  private static Trend of(IntToLongFunction value) {
    long[] at = LongStream.range(0, SAMPLES).map(i -> i * 10).toArray();
    return Trend.of(at, IntStream.range(0, SAMPLES).mapToLong(value).toArray());
  }

  @Test
  void what_grows_with_each_run_rises_at_that_rate() {
    Trend each = of(i -> 40 + 10L * i);
    assertThat(each.slope()).isEqualTo(1);
    assertThat(each.lowest()).isEqualTo(1);
    assertThat(each.rises(3)).isTrue();
    assertThat(of(i -> 40 + i).slope()).isEqualTo(0.1);
    assertThat(of(i -> 40 + i).rises(3)).isTrue();
  }

  @Test
  void noise_hides_no_growth_that_is_larger() {
    for (int round = 0; round < 1_000; round++) {
      assertThat(of(i -> 1_000_000 + 10_240L * i + random.nextInt(20_000)).rises(32_768)).isTrue();
    }
  }

  @Test
  void noise_is_no_growth() {
    int alarms = 0;
    for (int round = 0; round < 10_000; round++) {
      alarms += of(i -> 1_000_000 + random.nextInt(1_000_000)).rises(32_768) ? 1 : 0;
    }
    assertThat(alarms).isLessThan(20);
  }

  @Test
  void what_fills_once_does_not_grow() {
    assertThat(of(i -> Math.min(i, 4)).rises(3)).isFalse();
    assertThat(of(i -> i == 0 ? 0 : 500).rises(3)).isFalse();
    assertThat(of(i -> i == 10 ? 500 : 40).rises(3)).isFalse();
    assertThat(of(i -> 100 - i).rises(3)).isFalse();
  }

  @Test
  void what_is_too_little_to_mean_anything_is_not_judged() {
    assertThat(of(i -> i / 10).rises(3)).isFalse();
    assertThat(of(i -> 1_000L * i).rises(32_768)).isFalse();
  }
}
