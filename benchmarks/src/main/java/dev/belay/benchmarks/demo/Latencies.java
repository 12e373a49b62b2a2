package dev.belay.benchmarks.demo;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How long calls took, in milliseconds; all zero when there were none. */
record Latencies(int count, double meanMillis, double p50Millis, double p99Millis) {

  static Latencies of(long... nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).average().orElse(0);
    return new Latencies(
        sorted.length, millis(mean), percentile(sorted, 50), percentile(sorted, 99));
  }

  /** By nearest rank: a value that occurred, so that p99 of few calls is the slowest of them. */
  private static double percentile(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return millis((double) sorted[rank - 1]);
  }

  private static double millis(double nanos) {
    return Math.round(nanos / TimeUnit.MICROSECONDS.toNanos(1)) / 1000.0;
  }
}
