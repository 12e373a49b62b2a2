package dev.belay.benchmarks.demo;

import dev.belay.benchmarks.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What a run of the demo leaves behind for machines.
 *
 * @param at when it was written
 * @param machine what it ran on
 * @param target where it sent, without the token
 * @param seconds how long it took
 * @param passed whether every verdict holds
 */
record DemoReport(
    String at,
    Machine machine,
    String target,
    double seconds,
    boolean passed,
    List<Verdict> verdicts,
    List<Column> columns) {

  record Machine(String java, String system, int processors) {
    static Machine here() {
      return new Machine(
          System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
          System.getProperty("os.name") + " " + System.getProperty("os.arch"),
          Runtime.getRuntime().availableProcessors());
    }
  }

  static DemoReport of(
      DemoOptions options, double seconds, List<Verdict> verdicts, List<Column> columns) {
    boolean passed = verdicts.stream().allMatch(Verdict::holds);
    String now = Instant.now().toString();
    return new DemoReport(
        now, Machine.here(), options.toString(), seconds, passed, verdicts, columns);
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, Json.indented(this) + System.lineSeparator());
  }
}
