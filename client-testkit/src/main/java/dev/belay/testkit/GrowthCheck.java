package dev.belay.testkit;

import dev.belay.testkit.LeakAssertions.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs an action again and again, and judges what it leaves behind. */
final class GrowthCheck {
  private static final int FEWEST = 10;
  private static final int MOST_SAMPLES = 20;
  private static final int LONGEST_WARM_UP = 100;

  /** How long what ends by itself gets for that. */
  private static final Duration SETTLES = Duration.ofSeconds(2);

  private final int iterations;
  private final Action action;
  private final List<String> report = new ArrayList<>();

  GrowthCheck(int iterations, Action action) {
    if (iterations < FEWEST) {
      throw new IllegalArgumentException(
          "iterations must be at least " + FEWEST + " to say anything but is " + iterations);
    }
    this.iterations = iterations;
    this.action = action;
  }

  String judge() throws Exception {
    run(Math.min(LONGEST_WARM_UP, Math.max(FEWEST / 2, iterations / 4)));
    // Apart, because a collection closes some of the sockets that nobody closed.
    List<String> grown = new ArrayList<>(grown(List.of(new DescriptorGauge(), new ThreadGauge())));
    grown.addAll(grown(List.of(new HeapGauge())));
    if (!grown.isEmpty()) {
      throw new AssertionError(
          iterations + " runs of the action left this behind:" + String.join("", grown));
    }
    return String.join("\n", report);
  }

  private void run(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }

  private List<String> grown(List<Gauge> gauges) throws Exception {
    List<Gauge> suspects = new ArrayList<>(gauges);
    suspects.removeIf(this::isUnknown);
    List<Growth> first = measure(suspects);
    first.forEach(growth -> report.add(growth.gauge().what() + " " + growth.trend()));
    List<Gauge> again = first.stream().filter(Growth::stays).map(Growth::gauge).toList();
    return measure(again).stream().filter(Growth::stays).map(Growth::text).toList();
  }

  private boolean isUnknown(Gauge gauge) {
    String why = gauge.unknown();
    if (why != null) {
      report.add(gauge.what() + " skipped: " + why);
    }
    return why != null;
  }

  /** Samples at equal distances, the first before the first run. */
  private List<Growth> measure(List<Gauge> gauges) throws Exception {
    if (gauges.isEmpty()) {
      return List.of();
    }
    int steps = Math.min(iterations, MOST_SAMPLES - 1);
    List<Supplier<List<String>>> marks = gauges.stream().map(Gauge::mark).toList();
    long[] at = new long[steps + 1];
    long[][] values = new long[gauges.size()][steps + 1];
    for (int sample = 0; sample <= steps; sample++) {
      at[sample] = (long) iterations * sample / steps;
      run((int) (sample == 0 ? 0 : at[sample] - at[sample - 1]));
      for (int i = 0; i < gauges.size(); i++) {
        values[i][sample] = gauges.get(i).read();
      }
    }
    List<Growth> found = new ArrayList<>();
    for (int i = 0; i < gauges.size(); i++) {
      found.add(new Growth(gauges.get(i), Trend.of(at, values[i]), values[i][0], marks.get(i)));
    }
    return found;
  }

  /** What one gauge showed. */
  private record Growth(Gauge gauge, Trend trend, long first, Supplier<List<String>> mark) {
    /** Half of what has grown may go without making the rest better. */
    boolean stays() {
      double much = first + Math.max(gauge.floor(), trend.slope() * trend.runs() / 2);
      return trend.rises(gauge.floor()) && !Checks.comesTrue(() -> gauge.read() < much, SETTLES);
    }

    String text() {
      StringBuilder text = new StringBuilder("\n  ").append(gauge.what()).append(": ");
      text.append(trend).append(", from ").append(first).append(" to ").append(gauge.read());
      mark.get().forEach(example -> text.append("\n    ").append(example));
      return text.toString();
    }
  }
}
