package dev.belay.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How steeply points rise: the median of the slopes between each two of them (Theil and Sen). One
 * that was taken while something was under way changes nothing; what grows with each step does.
 */
final class Slope {
  private record Point(double x, double y) {
    double slopeTo(Point other) {
      return (other.y - y) / (other.x - x);
    }
  }

  private final List<Point> points = new ArrayList<>();

  /**
   * @param x greater than all before
   */
  void add(long x, long y) {
    points.add(new Point((double) x, (double) y));
  }

  /** How much the last half of the points rises for each step in x. */
  double ofLastHalf() {
    List<Point> last = points.subList(points.size() / 2, points.size());
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < last.size(); i++) {
      for (int j = i + 1; j < last.size(); j++) {
        slopes.add(last.get(i).slopeTo(last.get(j)));
      }
    }
    slopes.sort(null);
    return slopes.get(slopes.size() / 2);
  }

  /** How far each point is above the first, in thousands. */
  @Override
  public String toString() {
    return points.stream()
        .map(point -> String.format(Locale.ROOT, "%+.0f", (point.y - points.get(0).y) / 1_000))
        .collect(Collectors.joining(" "));
  }
}
