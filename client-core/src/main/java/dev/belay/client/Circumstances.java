package dev.belay.client;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The evidence that every failure carries. A status of 0 means that no answer began. */
record Circumstances(
    Outcome outcome,
    Phase phase,
    int attempts,
    Duration elapsed,
    int status,
    @Nullable Duration retryAfter)
    implements Serializable {

  Circumstances withRetryAfter(@Nullable Duration wait) {
    return new Circumstances(outcome, phase, attempts, elapsed, status, wait);
  }

  @Override
  public String toString() {
    return outcome
        + " in "
        + phase
        + ", attempt "
        + attempts
        + ", after "
        + Text.of(elapsed)
        + (status == 0 ? "" : ", status " + status)
        + (retryAfter == null ? "" : ", Retry-After " + Text.of(retryAfter));
  }
}
