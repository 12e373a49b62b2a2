package dev.belay.benchmarks.probe;

import dev.belay.client.CallFailedException;
import dev.belay.client.Outcome;
import dev.belay.client.Phase;
import org.jspecify.annotations.Nullable;

/**
 * What became of one call.
 *
 * @param ok whether it was answered with 2xx and, unless it is left open, read to its end
 * @param status of the answer, or null when there was none
 * @param type the class of the exception, or null when there was none
 * @param outcome what the exception says, or null
 * @param phase how far it came, or null
 * @param attempts the first included
 * @param elapsedMs from its start to its end
 * @param bytes of the answer's body, decoded, as far as it was read
 */
record CallLine(
    boolean ok,
    @Nullable Integer status,
    @Nullable String type,
    @Nullable Outcome outcome,
    @Nullable Phase phase,
    int attempts,
    double elapsedMs,
    long bytes) {

  static CallLine answered(int status, int attempts, double elapsedMs, long bytes) {
    boolean ok = status >= 200 && status < 300;
    return new CallLine(ok, status, null, null, null, attempts, elapsedMs, bytes);
  }

  static CallLine failed(Throwable failure, int attempts, double elapsedMs, long bytes) {
    String type = failure.getClass().getSimpleName();
    if (!(failure instanceof CallFailedException call)) {
      return new CallLine(false, null, type, null, null, attempts, elapsedMs, bytes);
    }
    Integer status = call.status().isPresent() ? call.status().getAsInt() : null;
    return new CallLine(
        false, status, type, call.outcome(), call.phase(), call.attempts(), elapsedMs, bytes);
  }
}
