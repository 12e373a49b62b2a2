package dev.belay.client;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Everything that can become of a request, and what Belay is to make of it. */
final class OutcomeTable {
  /** The wires that stand for the two protocols. */
  static final List<Wire> PROTOCOLS = List.of(Wire.CLEAR, Wire.HTTP_2);

  private OutcomeTable() {}

  static List<OutcomeRow> rows() {
    return Stream.of(UnsentRows.rows(), AnsweredRows.rows(), LostRows.rows())
        .flatMap(List::stream)
        .sorted(Comparator.comparing(OutcomeRow::number))
        .toList();
  }

  static List<OutcomeCell> cells() {
    return rows().stream().flatMap(OutcomeTable::cells).toList();
  }

  private static Stream<OutcomeCell> cells(OutcomeRow row) {
    return PROTOCOLS.stream()
        .flatMap(
            wire -> Stream.of(OutcomeKind.values()).map(kind -> new OutcomeCell(row, wire, kind)));
  }
}
