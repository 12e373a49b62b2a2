package dev.belay.testkit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Live threads, those of the system and not virtual ones. */
final class ThreadGauge implements Gauge {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Override
  public String what() {
    return "threads";
  }

  @Override
  public @Nullable String unknown() {
    return null;
  }

  @Override
  public long read() {
    return threads.getThreadCount();
  }

  @Override
  public double floor() {
    return 3;
  }

  @Override
  public Supplier<List<String>> mark() {
    Set<Long> before = LongStream.of(threads.getAllThreadIds()).boxed().collect(Collectors.toSet());
    return () -> {
      long[] added =
          LongStream.of(threads.getAllThreadIds()).filter(id -> !before.contains(id)).toArray();
      return Examples.of(
          Arrays.stream(threads.getThreadInfo(added))
              .filter(Objects::nonNull) // ended since
              .map(ThreadGauge::family));
    };
  }

  /** Threads of one maker are numbered. */
  private static String family(ThreadInfo thread) {
    return thread.getThreadName().replaceAll("\\d+", "#") + " " + thread.getThreadState();
  }
}
