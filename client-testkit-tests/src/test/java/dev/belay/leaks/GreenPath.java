package dev.belay.leaks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.sun.management.GarbageCollectionNotificationInfo;
import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Measures what {@code @NoLeaks} costs a test that leaks nothing: 1,000 tests with it and 1,000
 * without, in turns of 100, each with a server and a client of its own.
 */
final class GreenPath {
  private static final int TURN = 100;
  private static final int TURNS = 10;
  private static final int WARM_UP = 3;

  private GreenPath() {}

  /**
   * Runs them and prints the medians.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    AtomicInteger forced = countForcedCollections();
    List<Long> with = new ArrayList<>();
    List<Long> without = new ArrayList<>();
    long[] collections = new long[2];
    for (int turn = -WARM_UP; turn < TURNS; turn++) {
      measure(With.class, turn < 0 ? new ArrayList<>() : with, collections, 0);
      measure(Without.class, turn < 0 ? new ArrayList<>() : without, collections, 1);
    }
    System.out.printf(
        Locale.ROOT,
        "tests %d, median with %.3f ms, without %.3f ms, difference %.3f ms, ratio %.2f,"
            + " collections with %d, without %d, forced %d%n",
        with.size(),
        medianMillis(with),
        medianMillis(without),
        medianMillis(with) - medianMillis(without),
        medianMillis(with) / medianMillis(without),
        collections[0],
        collections[1],
        forced.get());
    System.exit(with.size() == TURN * TURNS ? 0 : 1);
  }

  private static void measure(Class<?> tests, List<Long> nanos, long[] collections, int column) {
    long before = collections();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameter("belay.leaks.report", "target/green-path-leaks.json")
                .build(),
            new StopWatch(nanos));
    collections[column] += collections() - before;
  }

  private static double medianMillis(List<Long> nanos) {
    return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow() / 1e6;
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private static AtomicInteger countForcedCollections() {
    AtomicInteger forced = new AtomicInteger();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, handback) -> {
                CompositeData data = (CompositeData) notification.getUserData();
                if (GarbageCollectionNotificationInfo.from(data)
                    .getGcCause()
                    .contains("System.gc")) {
                  forced.incrementAndGet();
                }
              },
              null,
              null);
    }
    return forced;
  }

  private static void useAClient(TestServer server) throws Exception {
    try (TestClient client = new UrlConnectionClient()) {
      client.get(server.url("/x"));
    }
  }

  @NoLeaks
  static final class With {
    @RepeatedTest(TURN)
    void is_clean(TestServer server) throws Exception {
      useAClient(server);
    }
  }

  static final class Without {
    @RepeatedTest(TURN)
    void is_clean() throws Exception {
      try (TestServer server = TestServer.start(request -> Answer.of(200, "ok"))) {
        useAClient(server);
      }
    }
  }

  /** One test runs at a time, all on one thread. */
  private static final class StopWatch implements TestExecutionListener {
    private final List<Long> nanos;
    private long started;

    StopWatch(List<Long> nanos) {
      this.nanos = nanos;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
      started = System.nanoTime();
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      result
          .getThrowable()
          .ifPresent(
              failure -> {
                throw new IllegalStateException(failure);
              });
      if (test.isTest()) {
        nanos.add(System.nanoTime() - started);
      }
    }
  }
}
