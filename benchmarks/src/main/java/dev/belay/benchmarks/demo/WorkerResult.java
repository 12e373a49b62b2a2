package dev.belay.benchmarks.demo;

import java.util.List;
import java.util.Map;

/**
 * What a worker says about itself at its end.
 *
 * @param phases in the order in which they ran
 * @param latencies of all requests that succeeded
 * @param failures of the others
 * @param before what it held before its first request
 * @param after what it held 1 s after it had closed what it can close
 */
record WorkerResult(
    List<PhaseResult> phases,
    Latencies latencies,
    Failures failures,
    Resources before,
    Resources after) {

  /** Counts of failures; one may count as several. */
  record Failures(int timeouts, int tooManyOpenFiles, Map<String, Integer> reasons) {}

  int requests() {
    return phases.stream().mapToInt(result -> result.phase().requests()).sum();
  }

  int succeeded() {
    return phases.stream().mapToInt(PhaseResult::succeeded).sum();
  }

  double successRate() {
    return requests() == 0 ? 0 : succeeded() / (double) requests();
  }

  double succeededPerSecond() {
    double seconds = phases.stream().mapToDouble(PhaseResult::seconds).sum();
    return seconds == 0 ? 0 : succeeded() / seconds;
  }

  /** The mean over the phases with no more callers than that, none of whom waits for another. */
  double meanMillisUpTo(int callers) {
    List<PhaseResult> unhindered =
        phases.stream().filter(result -> result.phase().callers() <= callers).toList();
    double sum =
        unhindered.stream().mapToDouble(r -> r.latencies().meanMillis() * r.succeeded()).sum();
    return sum / Math.max(1, unhindered.stream().mapToInt(PhaseResult::succeeded).sum());
  }

  /** The last phase is the one with the most callers. */
  PhaseResult heavy() {
    return phases.get(phases.size() - 1);
  }

  long heapGrowth() {
    return after.heapBytes() - before.heapBytes();
  }
}
