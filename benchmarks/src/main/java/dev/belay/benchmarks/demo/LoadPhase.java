package dev.belay.benchmarks.demo;

import java.util.List;

/** A number of requests, sent by so many callers at a time. */
record LoadPhase(String name, int requests, int callers) {

  /** Alone, as many as there are connections, and twice as many. */
  static final List<LoadPhase> ALL =
      List.of(
          new LoadPhase("100 one after another", 100, 1),
          new LoadPhase("100 at 10 at a time", 100, 10),
          new LoadPhase("1,000 at 20 at a time", 1_000, 20));

  static int requestsOf(List<LoadPhase> phases) {
    return phases.stream().mapToInt(LoadPhase::requests).sum();
  }
}
