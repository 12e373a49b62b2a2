package dev.belay.testkit;

import dev.belay.testkit.RunGate.Reported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Where a run leaves its leaks for whoever comes after: for machines, and beside it for people. */
record LeakFiles(Path json) {

  /** Of Maven or Gradle, whichever has built the tests; else the working directory. */
  static Path usualPlace() {
    for (String directory : List.of("target", "build")) {
      if (Files.isDirectory(Path.of(directory))) {
        return Path.of(directory, "leaks.json");
      }
    }
    return Path.of("leaks.json");
  }

  void write(List<Reported> leaks, boolean detectorAlive) throws IOException {
    Path directory = json.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.writeString(json, asJson(leaks, detectorAlive));
    Files.writeString(text(), asText(leaks, detectorAlive));
  }

  private Path text() {
    String name = json.getFileName().toString();
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    return json.resolveSibling(stem + ".txt");
  }

  private static String asText(List<Reported> leaks, boolean detectorAlive) {
    String canary = detectorAlive ? "was found" : "WAS NOT FOUND: these numbers mean nothing";
    String all =
        leaks.stream()
            .map(one -> one.test() + " left open:\n" + one.leak().text() + "\n")
            .collect(Collectors.joining());
    return leaks.size() + " leaks; the leak made on purpose " + canary + "\n" + all;
  }

  private static String asJson(List<Reported> leaks, boolean detectorAlive) {
    String all = leaks.stream().map(LeakFiles::asJson).collect(Collectors.joining(",\n    "));
    return "{\n  \"detectorAlive\": "
        + detectorAlive
        + ",\n  \"leaks\": [\n    "
        + all
        + "\n  ]\n}\n";
  }

  private static String asJson(Reported one) {
    Leak leak = one.leak();
    return "{"
        + String.join(
            ", ",
            field("test", one.test()),
            field("what", leak.what()),
            field("verdict", leak.verdict()),
            field("place", leak.place()),
            field("thread", leak.thread()),
            field("connection", leak.remote()),
            field("state", leak.state()),
            field("remedy", leak.remedy()))
        + "}";
  }

  private static String field(String name, String value) {
    StringBuilder quoted = new StringBuilder("\"" + name + "\": \"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
