package dev.belay.client;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.util.ExceptionResult;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/** Runs the operations of a scenario in the orders that a scheduler could choose, up to a limit. */
final class Interleavings {
  /**
   * Taken as one step each: what is not ours, what a lock of ours guards, what only describes, and
   * what prepares. A switch inside would find nothing of ours and cost an interleaving.
   */
  private static final String[] TRUSTED = {
    "java.net.",
    "java.time.",
    "java.util.Array",
    "java.util.Hash",
    "java.util.Linked",
    "java.util.Tree",
    "java.util.concurrent.ConcurrentHashMap",
    "java.util.concurrent.ConcurrentLinkedQueue",
    "io.github.resilience4j.",
    "okhttp3.",
    "org.slf4j.",
    "dev.belay.client.Attempts",
    "dev.belay.client.Closing",
    "dev.belay.client.Contexts",
    "dev.belay.client.ExploredPool",
    "dev.belay.client.Failures",
    "dev.belay.client.Lifecycle",
    "dev.belay.client.Mask",
    "dev.belay.client.Running",
    "dev.belay.client.Secrets",
    "dev.belay.client.Text",
    "dev.belay.client.Tracking",
    "dev.belay.client.UserEvents"
  };

  /** Its list for reports is sorted by an object of the platform that the checker may not see. */
  private static final String LEDGER = "dev.belay.client.Ledger";

  /** Its texts describe; what it holds for them nobody else writes. */
  private static final String CALL = "dev.belay.client.CallEntry";

  private static final Set<String> TEXTS = Set.of("toString", "mask", "broughtSecrets");

  /** How many of each scenario: enough for the mutants, few enough for all to end in minutes. */
  private static final int MOST = 400;

  private Interleavings() {}

  /** Each operation on a thread of its own; the interleavings with the fewest switches first. */
  static void of(Class<? extends Explored> scenario) {
    of(scenario, MOST);
  }

  static void of(Class<? extends Explored> scenario, int most) {
    LeakWarnings quiet = new LeakWarnings();
    try {
      check(scenario, most);
    } finally {
      quiet.close();
    }
  }

  private static void check(Class<? extends Explored> scenario, int most) {
    new ModelCheckingOptions()
        .addCustomScenario(scenario(scenario))
        .iterations(0)
        .invocationsPerIteration(most)
        .minimizeFailedScenario(false)
        .verifier(NothingThrown.class)
        .addGuarantee(
            forClasses(Interleavings::isTrusted).methods(Interleavings::isStep).treatAsAtomic())
        .addGuarantee(
            forClasses(LEDGER::equals).methods(name -> name.equals("holders")).treatAsAtomic())
        .addGuarantee(forClasses(CALL::equals).methods(TEXTS::contains).treatAsAtomic())
        .check(scenario);
  }

  private static ExecutionScenario scenario(Class<?> type) {
    List<List<Actor>> threads =
        Arrays.stream(type.getMethods())
            .filter(method -> method.isAnnotationPresent(Operation.class))
            .sorted(Comparator.comparing(Method::getName))
            .map(method -> List.of(new Actor(method, List.of())))
            .toList();
    return new ExecutionScenario(List.of(), threads, List.of(), inTheEnd());
  }

  private static Actor inTheEnd() {
    try {
      return new Actor(Explored.class.getMethod("everything_is_back"), List.of());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asked at every call of a method: a stream here would take most of the time. */
  private static boolean isTrusted(String type) {
    for (String prefix : TRUSTED) {
      if (type.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Not those that call back: what they are given would be part of the step. */
  private static boolean isStep(String method) {
    return !method.startsWith("forEach") && !method.equals("tryAdvance");
  }

  /** An operation has no result; one that throws has found a mistake. */
  public static final class NothingThrown implements Verifier {
    /** The signature that the checker looks for. */
    public NothingThrown(Class<?> unused) {}

    @Override
    public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
      return results.getThreadsResultsWithClock().stream()
          .flatMap(List::stream)
          .noneMatch(result -> result.getResult() instanceof ExceptionResult);
    }
  }
}
