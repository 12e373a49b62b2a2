package dev.belay.benchmarks.demo;

/** What became of one phase; the latencies are those of the requests that succeeded. */
record PhaseResult(LoadPhase phase, int succeeded, double seconds, Latencies latencies) {

  double succeededPerSecond() {
    return seconds == 0 ? 0 : succeeded / seconds;
  }
}
