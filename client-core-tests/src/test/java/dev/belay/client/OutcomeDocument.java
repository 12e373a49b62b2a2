package dev.belay.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The outcome table as docs/outcomes.md shows it. */
final class OutcomeDocument {
  private static final String NONE = "–";

  private OutcomeDocument() {}

  static List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add("| | what happens | the caller gets | outcome | POST | POST with key | GET |");
    lines.add("|---|---|---|---|---|---|---|");
    OutcomeTable.rows().forEach(row -> row.cases().forEach(one -> lines.add(line(row, one))));
    return lines;
  }

  private static String line(OutcomeRow row, OutcomeCase one) {
    String what = one.name().isEmpty() ? row.name() : row.name() + ": " + one.name();
    String protocol = one.absent().containsKey(Wire.CLEAR) ? " (HTTP/2)" : "";
    Ending ending = one.ending();
    String failure = ending.failure();
    Stream<String> cells =
        Stream.of(
            "" + row.number(),
            what + protocol,
            failure == null ? "the answer" : "`" + failure + "`",
            ending.outcome() == null ? NONE : "" + ending.outcome());
    return Stream.concat(cells, Stream.of(OutcomeKind.values()).map(kind -> attempts(one, kind)))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String attempts(OutcomeCase one, OutcomeKind kind) {
    return one.absent().containsKey(kind) ? NONE : "" + one.expectedAttempts(kind);
  }

  /** The cells with nothing to try, by their reasons. */
  static List<String> absent() {
    Map<String, Set<Integer>> rows = new LinkedHashMap<>();
    OutcomeTable.cells().stream()
        .filter(cell -> !cell.whyNot().isEmpty())
        .forEach(
            cell ->
                rows.computeIfAbsent(cell.whyNot(), reason -> new TreeSet<>())
                    .add(cell.row().number()));
    return rows.entrySet().stream()
        .map(entry -> "- row " + join(entry.getValue()) + ": " + entry.getKey() + ".")
        .toList();
  }

  private static String join(Set<Integer> rows) {
    return rows.stream().map(String::valueOf).collect(Collectors.joining(" and "));
  }
}
