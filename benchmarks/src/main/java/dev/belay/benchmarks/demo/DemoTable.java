package dev.belay.benchmarks.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The columns side by side, as text. */
final class DemoTable {
  private static final List<Row> ROWS =
      List.of(
          row("requests", c -> count(c.worker().requests())),
          row("timeouts", c -> count(c.worker().failures().timeouts())),
          row("too many open files", c -> count(c.worker().failures().tooManyOpenFiles())),
          row("success rate", c -> format("%.1f %%", c.worker().successRate() * 100)),
          row("messages the server took", DemoTable::messages),
          row(
              "requests per second that succeeded",
              c -> format("%.1f", c.worker().succeededPerSecond())),
          row("  in the last phase", c -> format("%.1f", c.worker().heavy().succeededPerSecond())),
          row("p50", c -> format("%.1f ms", c.worker().latencies().p50Millis())),
          row("p99", c -> format("%.1f ms", c.worker().latencies().p99Millis())),
          row("most connections open at the server", c -> connections(c, c.mostConnections())),
          row("  still open 1 s after close", c -> connections(c, c.leftOpen())),
          row("connections opened", DemoTable::opened),
          row("descriptors at start, end", c -> ends(c, r -> count(r.descriptors()))),
          row("threads at start, end", c -> ends(c, r -> count(r.threads()))),
          row("used heap at start, end", c -> ends(c, DemoTable::heap)));

  private DemoTable() {}

  private record Row(String label, Function<Column, String> cell) {}

  static String of(List<Column> columns) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(cells("", columns, Column::name));
    ROWS.forEach(row -> lines.add(cells(row.label(), columns, row.cell())));
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(aligned(line, lines)).append(System.lineSeparator()));
    return text.toString();
  }

  private static Row row(String label, Function<Column, String> cell) {
    return new Row(label, cell);
  }

  private static List<String> cells(
      String label, List<Column> columns, Function<Column, String> cell) {
    List<String> cells = new ArrayList<>(List.of(label));
    columns.forEach(column -> cells.add(cell.apply(column)));
    return cells;
  }

  /** Labels to the left, values to the right. */
  private static String aligned(List<String> line, List<List<String>> all) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      int place = i;
      int width = all.stream().mapToInt(other -> other.get(place).length()).max().orElse(1);
      text.append(format(i == 0 ? "%-" + width + "s" : "   %" + width + "s", line.get(i)));
    }
    return text.toString();
  }

  private static String connections(Column column, int number) {
    return count(number) + (column.server() == null ? " by its own count" : "");
  }

  private static String messages(Column column) {
    return column.server() == null ? "unknown" : count(column.server().messages());
  }

  private static String opened(Column column) {
    return column.server() == null ? "unknown" : count(column.server().totalConnections());
  }

  private static String ends(Column column, Function<Resources, String> part) {
    return part.apply(column.worker().before()) + ", " + part.apply(column.worker().after());
  }

  private static String heap(Resources resources) {
    return format("%.1f MB", resources.heapBytes() / 1e6);
  }

  private static String count(long number) {
    return format("%,d", number);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
