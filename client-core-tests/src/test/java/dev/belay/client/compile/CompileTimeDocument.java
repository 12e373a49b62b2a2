package dev.belay.client.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What {@code docs/compile-time.md} tells users: settings to copy, and a table to rely on. */
record CompileTimeDocument(String text) {
  static CompileTimeDocument read() throws IOException {
    return new CompileTimeDocument(Files.readString(Path.of("../docs/compile-time.md")));
  }

  /** The block of code that has this in it. */
  String block(String part) {
    return Pattern.compile("```[\\w-]+\n(.*?)```", Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(block -> block.contains(part))
        .min(Comparator.comparing(String::length))
        .orElseThrow(() -> new IllegalStateException("no block of code has " + part));
  }

  /** The contents of the elements of this name in the settings of an artifact. */
  List<String> elements(String name, String artifact) {
    Pattern element = Pattern.compile("<" + name + ">(.*?)</" + name + ">");
    return element
        .matcher(block("<artifactId>" + artifact + "</artifactId>"))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** A column of the table, by the cell of the first; the first is 0. */
  TreeMap<String, String> column(int number) {
    TreeMap<String, String> cells = new TreeMap<>();
    Pattern row = Pattern.compile("(?m)^\\| `(\\w+)` \\|(.*)\\|$");
    for (MatchResult found : row.matcher(text).results().toList()) {
      String before =
          cells.put(found.group(1), found.group(2).split("\\|", -1)[number - 1].strip());
      if (before != null) {
        throw new IllegalStateException("two rows for " + found.group(1));
      }
    }
    return cells;
  }
}
