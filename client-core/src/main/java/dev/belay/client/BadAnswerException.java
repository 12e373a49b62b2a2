package dev.belay.client;

import org.jspecify.annotations.Nullable;

/**
 * The server answered with something that is not HTTP, contradicts itself, or switches to another
 * protocol (101, RFC 9110 section 15.2.2), which Belay does not follow.
 *
 * <p>The connection is closed. Where the request had been written the outcome is {@link
 * Outcome#UNKNOWN}: a garbled answer does not say what was done.
 */
public final class BadAnswerException extends CallFailedException {
  private static final long serialVersionUID = 1;

  BadAnswerException(String message, Circumstances circumstances, @Nullable Throwable cause) {
    super(message, circumstances, cause);
  }
}
