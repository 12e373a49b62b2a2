package dev.belay.client;

import org.jspecify.annotations.Nullable;

/**
 * No connection to the server could be made; this attempt sent nothing.
 *
 * <p>The host name is unknown, no address accepts connections, the TLS handshake broke off, or the
 * {@link TokenSource} had no value. The outcome is that of the attempts before this one: {@link
 * Outcome#NOT_SENT} if there was none.
 */
public final class ConnectFailedException extends CallFailedException {
  private static final long serialVersionUID = 1;

  ConnectFailedException(String message, Circumstances circumstances, @Nullable Throwable cause) {
    super(message, circumstances, cause);
  }
}
