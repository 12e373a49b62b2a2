package dev.belay.benchmarks.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has to do. It goes through the worker's standard input, which, unlike arguments and
 * environment, no other process can read.
 *
 * @param number who receives the messages; null to ask for the instance's status instead
 */
record Job(String url, String token, @Nullable String number, List<LoadPhase> phases) {

  @Override
  public String toString() {
    return "Job[" + url + ", token ***, " + (number == null ? "status" : "messages") + "]";
  }
}
