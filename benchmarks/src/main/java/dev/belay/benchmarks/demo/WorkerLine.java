package dev.belay.benchmarks.demo;

import org.jspecify.annotations.Nullable;

/**
 * One line that a worker writes to the demo.
 *
 * @param sample how far it is, or null
 * @param settled whether 1 s has passed since it closed what it can close
 * @param result the last line, or null
 */
record WorkerLine(@Nullable Sample sample, boolean settled, @Nullable WorkerResult result) {

  static WorkerLine of(Sample sample) {
    return new WorkerLine(sample, false, null);
  }

  static WorkerLine of(WorkerResult result) {
    return new WorkerLine(null, false, result);
  }

  static WorkerLine whenSettled() {
    return new WorkerLine(null, true, null);
  }
}
