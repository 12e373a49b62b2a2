package dev.belay.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs classes of tests in a run of their own. */
final class Runs {
  private Runs() {}

  /** What failed, tests and classes and the run, by their messages. */
  static List<String> failuresOf(Class<?> type, Path folder, Map<String, String> parameters) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(type))
        .configurationParameter("belay.leaks.report", folder.resolve("leaks.json").toString())
        .configurationParameters(parameters)
        .execute()
        .allEvents()
        .finished()
        .stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .flatMap(result -> result.getThrowable().stream())
        .map(Throwable::getMessage)
        .toList();
  }
}
