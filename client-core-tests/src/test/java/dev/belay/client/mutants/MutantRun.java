package dev.belay.client.mutants;

import dev.belay.client.mutants.OneTestMain.Verdict;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One test in a JVM of its own, on a core of our choice. That JVM does not outlive this one. */
final class MutantRun {
  /** For one that looks at thousands of interleavings beside other tests. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** For a test that is known to hang: a longer wait would not prove more. */
  private static final Duration LIMIT_OF_HANGING = Duration.ofSeconds(20);

  private static final Path TESTS_OF_CORE = Path.of("client-core/target/test-classes");

  private MutantRun() {}

  /** What came of it, with what it printed. */
  record Ending(Verdict verdict, String output) {}

  /**
   * Blocks until the test has ended or its time is over.
   *
   * @param folder the folder of the classes, for the output too
   */
  static Ending run(String test, Path folder, boolean hangs)
      throws IOException, InterruptedException {
    Path log = folder.resolve("output");
    Process child =
        new ProcessBuilder(command(test, folder))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      Duration limit = hangs ? LIMIT_OF_HANGING : LIMIT;
      boolean ended = child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      Verdict verdict = ended ? Verdict.of(child.exitValue()) : Verdict.HANGS;
      return new Ending(verdict, Files.readString(log));
    } finally {
      int unused = child.destroyForcibly().waitFor();
    }
  }

  private static List<String> command(String test, Path classes) {
    Path testsOfCore = MutantBuild.ROOT.resolve(TESTS_OF_CORE);
    String rest = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(settingsOfThisJvm());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1"); // most tests end before the second compiler would pay
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classes.toString(), testsOfCore.toString(), rest));
    command.add(OneTestMain.class.getName());
    command.add(test);
    return command;
  }

  /** Memory, opened packages and logging; no agents, and nothing that says where evidence goes. */
  private static List<String> settingsOfThisJvm() {
    Stream<String> arguments =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("-X") || argument.startsWith("--"));
    Stream<String> logging =
        System.getProperties().stringPropertyNames().stream()
            .filter(property -> property.matches("(org\\.)?slf4j\\..*"))
            .map(property -> "-D" + property + "=" + System.getProperty(property));
    return Stream.concat(arguments, logging).toList();
  }
}
