package dev.belay.benchmarks.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final long MILLI = 1_000_000;

  @Test
  void percentiles_are_values_that_occurred() {
    long[] hundred = LongStream.rangeClosed(1, 100).map(i -> (101 - i) * MILLI).toArray();
    assertThat(Latencies.of(hundred)).isEqualTo(new Latencies(100, 50.5, 50, 99));
  }

  @Test
  void of_few_calls_p99_is_the_slowest() {
    assertThat(Latencies.of(3 * MILLI, MILLI, 2 * MILLI)).isEqualTo(new Latencies(3, 2, 2, 3));
  }

  @Test
  void of_no_call_everything_is_zero() {
    assertThat(Latencies.of()).isEqualTo(new Latencies(0, 0, 0, 0));
  }

  @Test
  void microseconds_are_kept() {
    assertThat(Latencies.of(1_234_567).p50Millis()).isEqualTo(1.235);
  }
}
