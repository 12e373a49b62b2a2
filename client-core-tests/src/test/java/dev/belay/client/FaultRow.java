package dev.belay.client;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A line of the table of faults.
 *
 * @param columns what is to be seen; of several, separated by a bar, one
 * @param nextHere whether the next call of the same client goes to the same port
 */
record FaultRow(
    String fault,
    List<String> methods,
    List<FaultCell.Over> over,
    List<String> columns,
    boolean nextHere) {
  private static final int KEYS = 3;

  static FaultRow parse(String line) {
    List<String> words = List.of(line.trim().split(" +", -1));
    int last = words.size() - 1;
    if (words.size() != KEYS + FaultEnding.COLUMNS.size() + 1) {
      throw new IllegalArgumentException("not a row of the table: " + line);
    }
    return new FaultRow(
        words.get(0),
        List.of(words.get(1).split(",", -1)),
        Stream.of(words.get(2).split(",", -1))
            .map(over -> FaultCell.Over.valueOf(over.toUpperCase(Locale.ROOT)))
            .toList(),
        words.subList(KEYS, last),
        words.get(last).equals("here"));
  }

  /** Whether it takes a time-out. */
  boolean isSlow() {
    return columns.get(0).equals("DeadlineExceeded");
  }

  Stream<FaultCell> cells() {
    return methods.stream()
        .flatMap(method -> over.stream().map(one -> new FaultCell(fault, method, one)));
  }

  /** The column with its values, where what was seen is not among them. */
  List<String> differences(FaultEnding ending) {
    return Stream.iterate(0, i -> i < columns.size(), i -> i + 1)
        .filter(i -> !List.of(columns.get(i).split("\\|", -1)).contains(ending.columns().get(i)))
        .map(
            i ->
                FaultEnding.COLUMNS.get(i)
                    + " is "
                    + ending.columns().get(i)
                    + " instead of "
                    + columns.get(i))
        .toList();
  }
}
