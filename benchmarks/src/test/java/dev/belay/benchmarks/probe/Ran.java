package dev.belay.benchmarks.probe;

import dev.belay.benchmarks.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One run of the probe in this JVM, and what it printed. */
record Ran(int code, String out, String err) {

  static Ran probe(String... args) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Probe.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  List<JsonNode> calls() {
    List<JsonNode> lines = lines();
    return lines.subList(0, lines.size() - 1);
  }

  JsonNode last() {
    List<JsonNode> lines = lines();
    return lines.get(lines.size() - 1);
  }

  private List<JsonNode> lines() {
    return out.lines().map(line -> Json.read(line, JsonNode.class)).toList();
  }
}
