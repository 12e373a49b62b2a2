package dev.belay.leaks;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of tests in this JVM, eight at a time, and what became of each. */
record Ran(List<Outcome> outcomes) {
  static final int PARALLELISM = 8;

  /**
   * Runs these tests.
   *
   * @param report where the testkit writes what it found; other runs in this JVM have their own
   * @param detector what {@code belay.leaks} is set to
   */
  static Ran of(List<? extends DiscoverySelector> tests, Path report, String detector) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(tests)
            .enableImplicitConfigurationParameters(false)
            .configurationParameter("belay.leaks", detector)
            .configurationParameter("belay.leaks.report", report.toString())
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
            .configurationParameter(
                "junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.executor-service", "FORK_JOIN_POOL")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "" + PARALLELISM)
            .build();
    Collector collector = new Collector();
    LauncherFactory.create().execute(request, collector);
    return new Ran(
        collector.outcomes.stream().sorted(Comparator.comparing(Outcome::name)).toList());
  }

  /** The one with this name; there are several with the name of a repeated test. */
  Outcome outcome(String name) {
    List<Outcome> found = outcomes.stream().filter(o -> o.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(name + " has " + found.size() + " outcomes among " + outcomes);
    }
    return found.get(0);
  }

  List<Outcome> tests() {
    return outcomes.stream().filter(Outcome::test).toList();
  }

  /** Classes, and the run itself. */
  List<Outcome> failedContainers() {
    return outcomes.stream().filter(o -> !o.test() && o.failed()).toList();
  }

  private static final class Collector implements TestExecutionListener {
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      outcomes.add(Outcome.of(test, result));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      throw new IllegalStateException(test.getUniqueId() + " was skipped: " + reason);
    }
  }
}
