package dev.belay.benchmarks.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The connections and descriptors of all columns over time, as an image. */
final class DemoChart {
  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 600;

  private DemoChart() {}

  static void write(List<Column> columns, Path file) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("What a worker holds open")
            .xAxisTitle("seconds since its start")
            .yAxisTitle("open")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    for (Column column : columns) {
      String where = column.server() == null ? "connections" : "connections at the server";
      add(chart, column, where, Column.Moment::connections);
      add(chart, column, "descriptors", Column.Moment::descriptors);
    }
    Files.write(file, ChartEncoder.getBytes(chart, "png"));
  }

  private static void add(
      XYChart chart, Column column, String what, ToDoubleFunction<Column.Moment> value) {
    double[] seconds = column.timeline().stream().mapToDouble(Column.Moment::seconds).toArray();
    double[] values = column.timeline().stream().mapToDouble(value).toArray();
    chart.addSeries(column.name() + ": " + what, seconds, values).setMarker(SeriesMarkers.NONE);
  }
}
