package dev.belay.client;

import java.time.Instant;

/** Who closed a node of the tree, when and from where. The first one is kept. */
record Closing(String node, String thread, Instant at, Throwable stack) {
  static Closing of(String node) {
    return new Closing(
        node, Thread.currentThread().getName(), Instant.now(), new Tracking.ClosedHere());
  }

  String describe() {
    return node + " was closed by " + thread + " at " + at;
  }
}
