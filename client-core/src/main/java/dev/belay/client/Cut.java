package dev.belay.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a call was ended from outside. */
sealed interface Cut {
  /** Its total deadline passed. */
  record Deadline() implements Cut {}

  /** Its owner cancelled it, or interrupted the thread that waited. */
  record Cancelled(String how) implements Cut {}

  /** Nobody can reach its response any more, and nobody closed it. */
  record Forgotten() implements Cut {}

  /** A node above it was closed. */
  record Closed(Closing closing) implements Cut {
    /** The failure of a call that came after the close had begun. */
    ClosedException refusal(CallEntry call) {
      return failure(call, "refused", closing.stack());
    }

    private ClosedException failure(CallEntry call, String how, Throwable cause) {
      String message = call + " was " + how + ": " + closing.describe();
      return new ClosedException(message, call.circumstances(), closing, cause);
    }
  }

  /** The failure that the caller sees. */
  default CallFailedException asFailure(CallEntry call, @Nullable Throwable cause) {
    Circumstances circumstances = call.circumstances();
    if (this instanceof Closed closed) {
      return closed.failure(call, "cut", cause == null ? closed.closing().stack() : cause);
    }
    if (this instanceof Cancelled cancelled) {
      return new CancelledException(call + " was " + cancelled.how(), circumstances, cause);
    }
    if (this instanceof Forgotten) {
      return new CancelledException(call + " was forgotten by its caller", circumstances, cause);
    }
    String message = call + " did not end within its deadline of " + Text.of(call.deadline.total());
    return new DeadlineExceededException(message + lookUps(call), circumstances, cause);
  }

  /** Whose look-up its own may have waited for; the pool asks only a few at a time. */
  private static String lookUps(CallEntry call) {
    List<String> hang = call.phase == Phase.DNS ? call.pool.crew.resolver().running() : List.of();
    return LookUp.hanging(hang);
  }
}
