package dev.belay.client;

import org.jspecify.annotations.Nullable;

/**
 * The server could not be trusted; nothing was sent.
 *
 * <p>Its certificate is expired, unknown or for another host, or the client accepts https only.
 * Never retried, because the next attempt would fail alike. The outcome is {@link
 * Outcome#NOT_SENT}.
 */
public final class UntrustedServerException extends CallFailedException {
  private static final long serialVersionUID = 1;

  UntrustedServerException(String message, Circumstances circumstances, @Nullable Throwable cause) {
    super(message, circumstances, cause);
  }
}
