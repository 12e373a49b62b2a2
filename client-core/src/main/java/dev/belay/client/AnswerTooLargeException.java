package dev.belay.client;

import org.jspecify.annotations.Nullable;

/**
 * The body of the answer is larger than the limit of the client.
 *
 * <p>Counted after decompression. The connection is closed, the rest of the body is not read. The
 * request was received, so its outcome is {@link Outcome#UNKNOWN}.
 */
public final class AnswerTooLargeException extends CallFailedException {
  private static final long serialVersionUID = 1;

  AnswerTooLargeException(String message, Circumstances circumstances, @Nullable Throwable cause) {
    super(message, circumstances, cause);
  }
}
