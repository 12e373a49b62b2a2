package dev.belay.testkit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How steeply samples rise: the median of the slopes between each two of them (Theil and Sen). One
 * that was taken while something was under way changes nothing; what grows with each run does.
 *
 * @param slope per run
 * @param lowest what the slope is at least, with {@link #CONFIDENCE}: the slope at the rank that
 *     Kendall's test gives (Sen), so no distribution of the noise is assumed
 * @param noise how far samples lie off the line, as the median of the distances says it
 * @param runs between the first sample and the last
 */
record Trend(double slope, double lowest, double noise, long runs, int samples) {
  static final String CONFIDENCE = "99.9 %";

  /** The quantile of the normal distribution for that confidence. */
  private static final double Z = 3.29;

  /** What one standard deviation is in medians of distances, for normal noise. */
  private static final double DEVIATION = 1.4826;

  /** So many deviations between first and last are no accident. */
  private static final double BEYOND_NOISE = 4;

  /**
   * @param at how many runs there had been, strictly rising
   */
  static Trend of(long[] at, long[] values) {
    int n = at.length;
    double[] slopes =
        IntStream.range(0, n)
            .boxed()
            .flatMapToDouble(
                i ->
                    IntStream.range(i + 1, n)
                        .mapToDouble(j -> (double) (values[j] - values[i]) / (at[j] - at[i])))
            .sorted()
            .toArray();
    double slope = median(slopes);
    double spread = Z * Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18);
    int rank = Math.max(0, (int) Math.floor((slopes.length - spread) / 2));
    return new Trend(slope, slopes[rank], noise(at, values, slope), at[n - 1] - at[0], n);
  }

  private static double noise(long[] at, long[] values, double slope) {
    double[] rest =
        IntStream.range(0, at.length).mapToDouble(i -> values[i] - slope * at[i]).toArray();
    double start = median(Arrays.stream(rest).sorted().toArray());
    return DEVIATION * median(Arrays.stream(rest).map(r -> Math.abs(r - start)).sorted().toArray());
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * @param floor what may come together in all runs without meaning anything
   */
  boolean rises(double floor) {
    return lowest > 0 && lowest * runs >= floor && slope * runs > BEYOND_NOISE * noise;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%+,.2f per run, at least %,.2f (%s confidence, %d samples, noise %,.1f)",
        slope,
        lowest,
        CONFIDENCE,
        samples,
        noise);
  }
}
