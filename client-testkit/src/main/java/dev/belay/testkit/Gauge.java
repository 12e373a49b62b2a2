package dev.belay.testkit;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something of this process that must not grow. */
interface Gauge {
  /** What is counted. */
  String what();

  /** Why it cannot be told here; null where it can. */
  @Nullable String unknown();

  long read();

  /** What may come together in all runs without meaning anything. */
  double floor();

  /** Remembers what is there; what comes back names what is new since, the most frequent first. */
  Supplier<List<String>> mark();
}
