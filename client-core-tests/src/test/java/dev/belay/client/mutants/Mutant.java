package dev.belay.client.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mistake made on purpose, and the test that has to notice it.
 *
 * @param breaks what no longer holds
 * @param test the test that must fail, as {@code Class#method}
 * @param hangs whether the test notices by not ending
 * @param changes by file, from the root of the repository
 */
record Mutant(
    String name, String breaks, String test, boolean hangs, Map<Path, List<Hunk>> changes) {
  /** The core as it is. */
  static final Mutant NONE = new Mutant("none", "nothing", "", false, Map.of());

  private static final String SUFFIX = ".patch";
  private static final String HEADER = "# ";
  private static final List<String> BETWEEN_FILES = List.of("diff ", "index ", "--- ");

  /** All patches of a folder, by name. */
  static List<Mutant> in(Path folder) throws IOException {
    List<Mutant> mutants = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        mutants.add(read(file));
      }
    }
    mutants.sort(Comparator.comparing(Mutant::name));
    return mutants;
  }

  private static Mutant read(Path file) throws IOException {
    String name = file.getFileName().toString().replace(SUFFIX, "");
    return parse(name, Files.readString(file).stripTrailing().lines().toList());
  }

  static Mutant parse(String name, List<String> lines) {
    Map<String, String> header = new LinkedHashMap<>();
    lines.stream()
        .takeWhile(line -> line.startsWith(HEADER))
        .map(line -> line.substring(HEADER.length()).split(": ", 2))
        .forEach(entry -> header.put(entry[0], entry[entry.length - 1]));
    assertThat(header).as("header of " + name).containsKeys("Breaks", "Test");
    boolean hangs = header.containsKey("Hangs");
    return new Mutant(name, header.get("Breaks"), header.get("Test"), hangs, changes(lines));
  }

  private static Map<Path, List<Hunk>> changes(List<String> lines) {
    Map<Path, List<Hunk>> changes = new LinkedHashMap<>();
    List<Hunk> file = new ArrayList<>();
    Hunk hunk = new Hunk(); // what comes before the first @@ goes nowhere
    for (String line : lines) {
      if (line.startsWith("+++ b/")) {
        file = changes.computeIfAbsent(Path.of(line.substring(6)), f -> new ArrayList<>());
      } else if (line.startsWith("@@")) {
        hunk = new Hunk();
        file.add(hunk);
      } else if (BETWEEN_FILES.stream().anyMatch(line::startsWith)) {
        hunk = new Hunk();
      } else {
        hunk.add(line);
      }
    }
    return changes;
  }

  List<String> applyTo(Path file, List<String> source) {
    List<String> changed = source;
    try {
      for (Hunk hunk : changes.getOrDefault(file, List.of())) {
        changed = hunk.applyTo(changed);
      }
      return changed;
    } catch (IllegalArgumentException e) {
      throw new AssertionError(name + ", " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return name + " (" + breaks + ")";
  }
}
