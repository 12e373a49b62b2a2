package dev.belay.client;

import org.jspecify.annotations.Nullable;

/**
 * The call was cancelled by its owner.
 *
 * <p>By {@code Call.cancel()}, by cancelling the future, or by interrupting the thread that waits;
 * then the interrupt flag of the thread is still set.
 */
public final class CancelledException extends CallFailedException {
  private static final long serialVersionUID = 1;

  CancelledException(String message, Circumstances circumstances, @Nullable Throwable cause) {
    super(message, circumstances, cause);
  }
}
