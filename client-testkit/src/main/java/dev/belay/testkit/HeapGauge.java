package dev.belay.testkit;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.ref.Reference;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** What a collection leaves on the heap. */
final class HeapGauge implements Gauge {
  private static final int MOST_CLASSES = 5;

  @Override
  public String what() {
    return "bytes of heap";
  }

  @Override
  public @Nullable String unknown() {
    long before = collections();
    System.gc();
    return collections() == before ? "System.gc() does nothing in this JVM" : null;
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  /** As it was at the end of the collection: what other threads made since does not count. */
  @Override
  public long read() {
    System.gc();
    long left = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        MemoryUsage after = pool.getCollectionUsage();
        left += after == null ? pool.getUsage().getUsed() : after.getUsed();
      }
    }
    return left;
  }

  @Override
  public double floor() {
    return 32 * 1024;
  }

  @Override
  public Supplier<List<String>> mark() {
    Map<String, Long> room = histogram();
    try {
      Map<String, Long> before = histogram(); // counts the first, as large as this will be
      return () -> grown(before);
    } finally {
      Reference.reachabilityFence(room);
    }
  }

  private static List<String> grown(Map<String, Long> before) {
    Map<String, Long> grown = histogram();
    before.forEach((name, bytes) -> grown.merge(name, -bytes, Long::sum));
    return grown.entrySet().stream()
        .filter(e -> e.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_CLASSES)
        .map(e -> String.format(Locale.ROOT, "%s %+,d bytes", e.getKey(), e.getValue()))
        .toList();
  }

  /** Bytes by class; empty in a JVM without that command. */
  private static Map<String, Long> histogram() {
    try {
      ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
      Object text =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  commands,
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return parse(String.valueOf(text));
    } catch (JMException e) {
      return new HashMap<>();
    }
  }

  /** Rows such as {@code 1: 4711 376880 [B (java.base@17)}. */
  private static Map<String, Long> parse(String text) {
    Map<String, Long> bytes = new HashMap<>();
    for (String row : text.split("\n", -1)) {
      String[] cells = row.trim().split("\\s+", -1);
      if (cells.length >= 4 && cells[0].matches("\\d+:")) {
        bytes.merge(cells[3], Long.parseLong(cells[2]), Long::sum);
      }
    }
    return bytes;
  }
}
