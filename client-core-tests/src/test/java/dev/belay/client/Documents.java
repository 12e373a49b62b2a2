package dev.belay.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is written in this project, and what is there. */
final class Documents {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Documents() {}

  static List<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> top = Files.list(ROOT)) {
      return Stream.concat(top, docs).filter(p -> p.toString().endsWith(".md")).toList();
    }
  }

  /** Every source file by its name, which is unique but for package and module descriptors. */
  static Map<String, Path> files() throws IOException {
    Map<String, Path> files = new HashMap<>();
    for (Path sources : sources()) {
      try (Stream<Path> all = Files.walk(sources)) {
        all.filter(p -> p.toString().endsWith(".java"))
            .forEach(p -> files.putIfAbsent(p.getFileName().toString(), p));
      }
    }
    return files;
  }

  /** Not what is beside them: other tests make and delete files there. */
  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList();
    }
  }

  /** The rows of the first table of a document, by their first cell; without back quotes. */
  static Map<String, List<String>> table(String document) throws IOException {
    return table(document, "# ");
  }

  /** Likewise of the first table behind a heading. */
  static Map<String, List<String>> table(String document, String heading) throws IOException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    Files.readAllLines(ROOT.resolve("docs").resolve(document)).stream()
        .dropWhile(line -> !line.startsWith(heading))
        .dropWhile(line -> !line.startsWith("|--"))
        .skip(1)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> List.of(line.replace("`", "").substring(1).strip().split(" *\\| *")))
        .forEach(cells -> rows.put(cells.get(0), cells));
    return rows;
  }
}
