package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that send without an end, to a JVM that has little room. */
@Tag("endurance")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SmallHeapTest {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String HEAP = "-Xmx64m";

  @Test
  void all_faults_at_once_fit_into_64_mebibytes(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("output");
    long start = System.nanoTime();
    Process child =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      boolean ended = child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      String output = Files.readString(log);
      assertThat(ended).as(output).isTrue();
      assertThat(child.exitValue()).as(output).isZero();
      assertThat(output).doesNotContain("OutOfMemoryError");
      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
      Evidence.record(
          "6.2 every fault of the table, 8 at a time, body limit 1 MiB, " + HEAP,
          "no OutOfMemoryError; " + lastLine(output) + ", in " + seconds + " s");
    } finally {
      int unused = child.destroyForcibly().waitFor();
    }
  }

  /** Wherever there is no memory, be it caught, the JVM ends with an exit code of its own. */
  private static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        HEAP,
        "-XX:+ExitOnOutOfMemoryError",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
        "-cp",
        System.getProperty("java.class.path"),
        FaultMatrixMain.class.getName());
  }

  private static String lastLine(String output) {
    List<String> lines = output.lines().toList();
    return lines.get(lines.size() - 1);
  }
}
