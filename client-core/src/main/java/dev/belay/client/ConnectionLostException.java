package dev.belay.client;

import org.jspecify.annotations.Nullable;

/**
 * The connection broke after the request had begun.
 *
 * <p>The server or the network closed it before the answer was complete. The outcome is {@link
 * Outcome#UNKNOWN} unless no byte of the request had been written.
 */
public final class ConnectionLostException extends CallFailedException {
  private static final long serialVersionUID = 1;

  ConnectionLostException(String message, Circumstances circumstances, @Nullable Throwable cause) {
    super(message, circumstances, cause);
  }
}
