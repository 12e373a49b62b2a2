package dev.belay.client.mutants;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.belay.client.BelayClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs one test, {@code Class#method}, and tells by the exit code of its JVM what came of it. */
final class OneTestMain {
  private static final int MOST_FRAMES = 30;

  /** A test that does not fit the core any more fails too, and has noticed nothing. */
  private static final Pattern NOT_LINKED =
      Pattern.compile(
          "java\\.lang\\.(AbstractMethod|IllegalAccess|IncompatibleClassChange|NoClassDefFound"
              + "|NoSuchField|NoSuchMethod|Verify)Error");

  private OneTestMain() {}

  /** The exit codes, far from those that a JVM has of its own. */
  enum Verdict {
    PASSED(40),
    FAILED(41),
    SKIPPED(42),
    /** It could not be run, which says nothing about the code under test. */
    BROKEN(43),
    /** It did not end in time; its JVM has no exit code then. */
    HANGS(44);

    private final int exitCode;

    Verdict(int exitCode) {
      this.exitCode = exitCode;
    }

    static Verdict of(int exitCode) {
      return Arrays.stream(values()).filter(v -> v.exitCode == exitCode).findAny().orElse(BROKEN);
    }
  }

  public static void main(String[] args) throws ClassNotFoundException {
    endWithParent();
    Verdict verdict = run(args[0]);
    System.out.flush();
    Runtime.getRuntime().halt(verdict.exitCode); // what the test left running must not keep us
  }

  /** Standard input is a pipe from the parent, and ends with it however it ends. */
  private static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                int unused = System.in.read();
              } catch (IOException e) {
                // as good as its end
              }
              Runtime.getRuntime().halt(Verdict.BROKEN.exitCode);
            },
            "end with parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static Verdict run(String test) throws ClassNotFoundException {
    String[] names = test.split("#", 2);
    Class<?> type = Class.forName(BelayClient.class.getPackageName() + "." + names[0]);
    List<MethodSelector> methods =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.getName().equals(names[1]))
            .map(method -> selectMethod(type, method))
            .toList();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(methods).build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return judge(listener.getSummary());
  }

  private static Verdict judge(TestExecutionSummary summary) {
    StringWriter failures = new StringWriter();
    summary.printFailuresTo(new PrintWriter(failures), MOST_FRAMES);
    System.out.println(failures);
    boolean ofSetUp =
        summary.getFailures().stream().anyMatch(failure -> !failure.getTestIdentifier().isTest());
    if (ofSetUp || NOT_LINKED.matcher(failures.toString()).find()) {
      return Verdict.BROKEN;
    }
    if (summary.getTestsFailedCount() > 0) {
      return Verdict.FAILED;
    }
    if (summary.getTestsSucceededCount() > 0) {
      return Verdict.PASSED;
    }
    return summary.getTestsFoundCount() > 0 ? Verdict.SKIPPED : Verdict.BROKEN;
  }
}
