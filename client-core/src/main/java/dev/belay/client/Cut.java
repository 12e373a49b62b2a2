package dev.belay.client;

import org.jspecify.annotations.Nullable;

/** Why a call was ended from outside. */
sealed interface Cut {
  /** Its total deadline passed. */
  record Deadline() implements Cut {}

  /** Its owner cancelled it, or interrupted the thread that waited. */
  record Cancelled(String how) implements Cut {}

  /** A node above it was closed. */
  record Closed(Closing closing) implements Cut {}

  /** The failure that the caller sees. */
  default CallFailedException asFailure(CallEntry call, @Nullable Throwable cause) {
    Circumstances circumstances = call.circumstances();
    if (this instanceof Closed closed) {
      String message = call + " was cut: " + closed.closing().describe();
      Throwable by = cause == null ? closed.closing().stack() : cause;
      return new ClosedException(message, circumstances, closed.closing(), by);
    }
    if (this instanceof Cancelled cancelled) {
      return new CancelledException(call + " was " + cancelled.how(), circumstances, cause);
    }
    String message = call + " did not end within its deadline of " + Text.of(call.deadline());
    return new DeadlineExceededException(message, circumstances, cause);
  }
}
