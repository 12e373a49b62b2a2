package dev.belay.client.mutants;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One place of a unified diff, found by its lines alone: line numbers move with every change. */
record Hunk(List<String> before, List<String> after) {
  Hunk() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  /** Takes one line of the diff; an editor may have cut the blank of an empty one. */
  void add(String line) {
    String text = line.isEmpty() ? "" : line.substring(1);
    if (!line.startsWith("+")) {
      before.add(text);
    }
    if (!line.startsWith("-")) {
      after.add(text);
    }
  }

  /**
   * Changes the one place that has these lines. A mutant in another place would prove nothing.
   *
   * @throws IllegalArgumentException if no place has them, or several have
   */
  List<String> applyTo(List<String> source) {
    int at = Collections.indexOfSubList(source, before);
    if (at < 0) {
      throw new IllegalArgumentException("the patch no longer applies: update it\n" + text());
    }
    if (at != Collections.lastIndexOfSubList(source, before)) {
      throw new IllegalArgumentException(
          "the patch fits in several places: give it more context\n" + text());
    }
    List<String> changed = new ArrayList<>(source.subList(0, at));
    changed.addAll(after);
    changed.addAll(source.subList(at + before.size(), source.size()));
    return changed;
  }

  private String text() {
    return String.join("\n", before);
  }
}
