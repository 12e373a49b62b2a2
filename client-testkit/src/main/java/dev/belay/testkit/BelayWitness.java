package dev.belay.testkit;

import dev.belay.client.BoundedPool;
import dev.belay.client.Holder;
import dev.belay.client.PoolSnapshot;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What Belay's own ledgers say about one test: everything that was opened since it began, has not
 * been closed, and was not opened by another test that runs at the same time.
 */
final class BelayWitness {
  /** How long what is being closed elsewhere may still take, in steps that double. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private static final Duration LONGEST_STEP = Duration.ofMillis(20);

  /** The tests that run now; each adds and removes itself, all read. */
  private static final Set<TestIdentity> RUNNING = ConcurrentHashMap.newKeySet();

  private final TestIdentity test;
  private final Closeable tracking = BoundedPool.trackEverything();

  /**
   * The stacks of what was open before; those are one object each, so identity tells them apart.
   */
  private final Set<Throwable> before = Collections.newSetFromMap(new IdentityHashMap<>());

  private BelayWitness(TestIdentity test) {
    this.test = test;
    holders().forEach(holder -> before.add(holder.openedAt()));
  }

  /** Whether the core is there to be asked. Users of other clients need not have it. */
  static boolean isPresent() {
    try {
      Class.forName("dev.belay.client.BoundedPool", false, BelayWitness.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  static BelayWitness start(TestIdentity test) {
    BelayWitness witness = new BelayWitness(test);
    RUNNING.add(test);
    return witness;
  }

  /**
   * @throws AssertionError that lists what the test left open
   */
  void verdict() {
    RUNNING.remove(test);
    List<Holder> leaks = leaksAfterGrace();
    endTracking();
    if (!leaks.isEmpty()) {
      throw new AssertionError(describe(leaks));
    }
  }

  private void endTracking() {
    try {
      tracking.close();
    } catch (IOException e) {
      throw new AssertionError("tracking does not fail to end", e);
    }
  }

  private List<Holder> leaksAfterGrace() {
    long until = System.nanoTime() + GRACE.toNanos();
    long step = 1_000;
    List<Holder> leaks = leaks();
    while (!leaks.isEmpty() && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(step);
      step = Math.min(2 * step, LONGEST_STEP.toNanos());
      leaks = leaks();
    }
    return leaks;
  }

  private List<Holder> leaks() {
    return holders().stream().filter(this::isOurs).toList();
  }

  private boolean isOurs(Holder holder) {
    Throwable place = holder.openedAt();
    return place != null
        && !before.contains(place)
        && (test.isIn(place) || RUNNING.stream().noneMatch(other -> other.isIn(place)));
  }

  private static List<Holder> holders() {
    return BoundedPool.openPools().stream()
        .map(PoolSnapshot::holders)
        .flatMap(List::stream)
        .filter(holder -> holder.openedAt() != null)
        .toList();
  }

  private String describe(List<Holder> leaks) {
    StringBuilder text = new StringBuilder(test.name());
    text.append(leaks.size() == 1 ? " left this open:" : " left these open:");
    leaks.forEach(leak -> text.append("\n  ").append(leak).append("\n    ").append(remedy(leak)));
    return text.toString();
  }

  private static String remedy(Holder leak) {
    return switch (leak.kind()) {
      case "response" -> "close the response, best with try (Response r = client.open(…)) { … }";
      case "scope" -> "close the scope, best with try (CallScope s = client.openScope(…)) { … }";
      case "call" -> "wait for the call, or cancel it, before the test ends";
      default -> "close the " + leak.kind() + ", best with try (… = ….build()) { … }";
    };
  }
}
