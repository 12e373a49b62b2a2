package dev.belay.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a user gets from each fault: the lines of fault-matrix.txt. */
final class FaultTable {
  private FaultTable() {}

  /** Each cell with its row. */
  static Map<FaultCell, FaultRow> read() throws IOException {
    Map<FaultCell, FaultRow> cells = new LinkedHashMap<>();
    for (String line : lines()) {
      FaultRow row = FaultRow.parse(line);
      row.cells()
          .forEach(
              cell -> {
                if (cells.put(cell, row) != null) {
                  throw new IllegalArgumentException("two rows for " + cell);
                }
              });
    }
    return cells;
  }

  private static List<String> lines() throws IOException {
    try (InputStream file = FaultTable.class.getResourceAsStream("fault-matrix.txt")) {
      byte[] bytes = Objects.requireNonNull(file, "fault-matrix.txt").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }
}
