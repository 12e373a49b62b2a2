package dev.belay.client;

import java.util.ArrayList;
import java.util.List;

/** A line through points, by least squares. */
final class Slope {
  private record Point(double x, double y) {}

  private final List<Point> points = new ArrayList<>();

  void add(long x, long y) {
    points.add(new Point((double) x, (double) y));
  }

  /** How much the line through the last half of the points rises for each step in x. */
  double ofLastHalf() {
    List<Point> last = points.subList(points.size() / 2, points.size());
    double x = last.stream().mapToDouble(Point::x).average().orElseThrow();
    double y = last.stream().mapToDouble(Point::y).average().orElseThrow();
    double rise = last.stream().mapToDouble(p -> (p.x - x) * (p.y - y)).sum();
    return rise / last.stream().mapToDouble(p -> (p.x - x) * (p.x - x)).sum();
  }
}
