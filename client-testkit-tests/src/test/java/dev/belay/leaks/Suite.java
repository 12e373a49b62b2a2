package dev.belay.leaks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Runs the 200 tests of {@link Innocent} and {@link Guilty}, again and again, and ends with an
 * error if others fail than those of {@code guilty.txt}. A program, so that each JDK can run it.
 */
final class Suite {
  static final int TESTS = 200;

  private static final List<Class<?>> CLASSES =
      List.of(
          Innocent.WithJavaNetHttp.class,
          Innocent.WithUrlConnection.class,
          Innocent.WithApache.class,
          Innocent.WithOkHttp.class,
          Innocent.WithSpringOnJdk.class,
          Innocent.WithSpringOnApache.class,
          Innocent.WithNetty.class,
          Innocent.WithBelay.class,
          Guilty.UnreadBody.class,
          Guilty.UnclosedClient.class,
          Guilty.IdleConnection.class,
          Guilty.CancelledButNotClosed.class,
          Guilty.InBeforeEach.class,
          Guilty.InAnotherThread.class,
          Guilty.AfterAFailure.class,
          Guilty.UsedAfterItsClose.class,
          Guilty.ByAHelper.class,
          Guilty.ThroughARelay.class);

  private Suite() {}

  /**
   * Runs them.
   *
   * @param args the folder for the testkit's reports, and how many runs
   */
  public static void main(String[] args) throws IOException {
    int wrong = 0;
    for (int run = 1; run <= Integer.parseInt(args[1]); run++) {
      long start = System.nanoTime();
      List<String> differences = differences(run(Path.of(args[0], "run-" + run + ".json"), "on"));
      System.out.printf(
          "run %d: %d ms, %d wrong%n",
          run, Duration.ofNanos(System.nanoTime() - start).toMillis(), differences.size());
      differences.forEach(System.out::println);
      wrong += differences.size();
    }
    System.exit(wrong == 0 ? 0 : 1);
  }

  static Ran run(Path report, String detector) {
    try {
      return Ran.of(CLASSES.stream().map(tests -> selectClass(tests)).toList(), report, detector);
    } finally {
      Forgotten.endAll();
    }
  }

  /** Where a run is not what {@code guilty.txt} says. */
  static List<String> differences(Ran ran) throws IOException {
    Map<String, String> guilty = guilty();
    List<String> differences = new ArrayList<>();
    if (ran.tests().size() != TESTS) {
      differences.add(ran.tests().size() + " tests");
    }
    for (Outcome outcome : ran.outcomes()) {
      String words = guilty.remove(outcome.name());
      if (words == null && outcome.failed()) {
        differences.add("failed: " + outcome);
      } else if (words != null && outcome.messages().stream().noneMatch(m -> m.contains(words))) {
        differences.add("no '" + words + "' in " + outcome);
      }
    }
    guilty.keySet().forEach(name -> differences.add("did not run: " + name));
    return differences;
  }

  private static Map<String, String> guilty() throws IOException {
    Map<String, String> guilty = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Suite.class.getResourceAsStream("/guilty.txt")),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> guilty.put(cell(line, 0), cell(line, 1)));
    }
    return guilty;
  }

  private static String cell(String line, int cell) {
    return line.split("\\s*\\|\\s*", -1)[cell].strip();
  }
}
