package dev.belay.benchmarks.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("endurance")
class DemoInterruptTest {
  private static final long SOON_SECONDS = 10;

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void an_interrupt_in_the_middle_leaves_no_process(String middle) throws Exception {
    // A shell without job control makes its background jobs deaf to SIGINT, and Java inherits it.
    assumeThat(ignoresInterrupts()).isFalse();
    assertThat(descendantsLeftBy("INT", middle)).isEmpty();
  }

  @Test
  void a_kill_in_the_middle_leaves_no_process() throws Exception {
    assertThat(descendantsLeftBy("KILL", "before")).isEmpty();
  }

  private List<ProcessHandle> descendantsLeftBy(String signal, String middle) throws Exception {
    Process demo = start();
    try {
      awaitLine(demo, middle + ": ");
      List<ProcessHandle> descendants = demo.descendants().toList();
      assertThat(descendants).isNotEmpty();
      run("kill", "-" + signal, Long.toString(demo.pid()));
      assertThat(demo.waitFor(SOON_SECONDS, TimeUnit.SECONDS)).isTrue();
      for (ProcessHandle descendant : descendants) {
        var unused =
            descendant.onExit().completeOnTimeout(descendant, SOON_SECONDS, TimeUnit.SECONDS).get();
      }
      return descendants.stream().filter(ProcessHandle::isAlive).toList();
    } finally {
      demo.descendants().forEach(ProcessHandle::destroyForcibly);
      demo.destroyForcibly();
    }
  }

  private Process start() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dmaven.multiModuleProjectDirectory=" + root,
            "-cp",
            System.getProperty("java.class.path"),
            Demo.class.getName());
    return builder.redirectErrorStream(true).start();
  }

  /** The worker says how far it is, so it is running. */
  private static void awaitLine(Process demo, String beginning) throws Exception {
    BufferedReader out = demo.inputReader();
    String line = out.readLine();
    while (line != null && !line.startsWith(beginning)) {
      line = out.readLine();
    }
    assertThat(line).as("a line that starts with " + beginning).isNotNull();
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  /** SIGINT is signal 2, the second bit of the mask (proc_pid_status(5)). */
  private static boolean ignoresInterrupts() throws Exception {
    Path status = Path.of("/proc/self/status");
    return Files.isReadable(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
