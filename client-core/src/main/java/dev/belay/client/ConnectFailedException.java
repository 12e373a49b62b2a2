package dev.belay.client;

import org.jspecify.annotations.Nullable;

/**
 * No connection to the server could be made; nothing was sent.
 *
 * <p>The host name is unknown, no address accepts connections, or the TLS handshake broke off. The
 * outcome is {@link Outcome#NOT_SENT}.
 */
public final class ConnectFailedException extends CallFailedException {
  private static final long serialVersionUID = 1;

  ConnectFailedException(String message, Circumstances circumstances, @Nullable Throwable cause) {
    super(message, circumstances, cause);
  }
}
