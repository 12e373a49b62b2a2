package dev.belay.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Judges a whole run, at its end: what is still open that no test could be blamed for, and whether
 * the detector would have seen a leak at all. In the root store, because a failure of its close is
 * the failure of a test to whoever runs the tests; one of a listener is not.
 *
 * <p>Implements both ways of being closed: JUnit before 5.13 does not know the plain one, and would
 * let leaks pass.
 */
final class RunGate implements Store.CloseableResource, AutoCloseable {
  private static final Namespace NAMESPACE = Namespace.create(RunGate.class);

  private final boolean off;
  private final LeakFiles files;

  /** Of the whole run: what is open at its end and was opened during it. */
  private final LedgerWitness ledger = LedgerWitness.start(early -> false);

  /** By tests and classes as they end; read when all have. */
  private final Queue<Reported> reported = new ConcurrentLinkedQueue<>();

  /** By identity: what was seen open and could not be said to be of anybody. */
  private final Set<Throwable> suspects = identities();

  /** What stays open because somebody has declared it. */
  private final Set<Throwable> excused = identities();

  private RunGate(boolean off, LeakFiles files) {
    this.off = off;
    this.files = files;
  }

  /** One leak of one test. */
  record Reported(String test, Leak leak) {}

  static RunGate of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(RunGate.class, key -> start(context), RunGate.class);
  }

  private static RunGate start(ExtensionContext context) {
    boolean off =
        context.getConfigurationParameter("belay.leaks").filter("off"::equals).isPresent();
    Path json =
        context
            .getConfigurationParameter("belay.leaks.report")
            .map(Path::of)
            .orElseGet(LeakFiles::usualPlace);
    return new RunGate(off, new LeakFiles(json));
  }

  /** Whether nothing is judged; the canary then fails the run. */
  boolean isOff() {
    return off;
  }

  void report(String test, Collection<Leak> leaks) {
    leaks.forEach(leak -> reported.add(new Reported(test, leak)));
  }

  private static Set<Throwable> identities() {
    return Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /** What a test saw open, and could not call its own. */
  void suspect(Collection<Holding> unclaimed, LeakOptions options) {
    unclaimed.stream()
        .filter(holding -> !options.allows(holding.leak(null)))
        .forEach(holding -> suspects.add(holding.openedAt()));
  }

  /** What is right to stay open, whoever else sees it. */
  void excuse(Collection<Holding> allowed) {
    allowed.forEach(holding -> excused.add(holding.openedAt()));
  }

  @Override
  public void close() {
    List<String> complaints = new ArrayList<>();
    List<Leak> left = left();
    report("nobody", left);
    left.forEach(
        leak -> complaints.add("still open, and no test could be blamed:\n" + leak.text()));
    String missed = Canary.missed(this);
    if (!missed.isEmpty()) {
      complaints.add(missed);
    }
    try {
      files.write(List.copyOf(reported), missed.isEmpty());
    } catch (IOException | RuntimeException e) {
      complaints.add("the report cannot be written: " + files + ": " + e);
    }
    if (!complaints.isEmpty()) {
      throw new AssertionError("the leak check of this run: " + String.join("\n", complaints));
    }
  }

  private List<Leak> left() {
    try {
      List<Holding> left = off ? List.of() : ledger.opened().stream().filter(this::isLeft).toList();
      ledger.reclaim(left);
      return left.stream().map(holding -> holding.leak(null)).toList();
    } finally {
      ledger.end();
    }
  }

  private boolean isLeft(Holding holding) {
    return suspects.contains(holding.openedAt()) && !excused.contains(holding.openedAt());
  }
}
