package dev.belay.client;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What becomes of one kind of request, over one protocol, in one row of the outcome table. */
record OutcomeCell(OutcomeRow row, Wire wire, OutcomeKind kind) {
  /** Those that are to be tried. */
  List<OutcomeCase> cases() {
    return row.cases().stream().filter(one -> one.whyNot(wire, kind) == null).toList();
  }

  /** Why there is nothing to try; empty where there is. */
  String whyNot() {
    return cases().isEmpty()
        ? row.cases().stream()
            .map(one -> Objects.requireNonNull(one.whyNot(wire, kind)))
            .distinct()
            .collect(Collectors.joining("; "))
        : "";
  }

  @Override
  public String toString() {
    String protocol = wire == Wire.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
    return "row " + row.number() + ", " + protocol + ", " + kind;
  }
}
