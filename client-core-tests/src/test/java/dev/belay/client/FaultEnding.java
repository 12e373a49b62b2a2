package dev.belay.client;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of one cell.
 *
 * @param columns as {@link #COLUMNS} names them
 * @param took the call itself
 * @param strayed requests that went to another host
 * @param next what the next call of the same client got
 * @param open whether a connection of the closed client was open at the server
 * @param failure of the call
 */
record FaultEnding(
    List<String> columns,
    Duration took,
    int strayed,
    String next,
    boolean open,
    @Nullable Throwable failure) {
  static final List<String> COLUMNS =
      List.of("failure", "outcome", "phase", "status", "attempts", "requests");
  private static final String NONE = "-";

  static List<String> columns(@Nullable Throwable failure, int requests) {
    if (failure == null) {
      return List.of("ok", NONE, NONE, NONE, NONE, "" + requests);
    }
    if (!(failure instanceof CallFailedException failed)) {
      return List.of(failure.toString(), NONE, NONE, NONE, NONE, "" + requests);
    }
    return List.of(
        failed.getClass().getSimpleName().replace("Exception", ""),
        failed.outcome().toString(),
        failed.phase().toString(),
        failed.status().isPresent() ? "" + failed.status().getAsInt() : NONE,
        "" + failed.attempts(),
        "" + requests);
  }

  static String name(@Nullable Throwable failure) {
    return failure == null ? "ok" : failure.toString();
  }

  /** Whether a time-out had a part in it, as it may have where others use the processor. */
  boolean hasTimedOut() {
    return failure != null && isOfTimeOut(failure);
  }

  private static boolean isOfTimeOut(Throwable one) {
    Throwable cause = one.getCause();
    return one instanceof SocketTimeoutException
        || one instanceof DeadlineExceededException
        || (cause != null && isOfTimeOut(cause))
        || Stream.of(one.getSuppressed()).anyMatch(FaultEnding::isOfTimeOut);
  }
}
