package dev.belay.client;

import org.jspecify.annotations.Nullable;

/**
 * The call did not end in time.
 *
 * <p>The message names the deadline or time-out that ended it. The connection is closed.
 */
public final class DeadlineExceededException extends CallFailedException {
  private static final long serialVersionUID = 1;

  DeadlineExceededException(
      String message, Circumstances circumstances, @Nullable Throwable cause) {
    super(message, circumstances, cause);
  }
}
