package dev.belay.client;

/**
 * The server answered that something is elsewhere, and the client does not go there.
 *
 * <p>Its {@link RedirectPolicy} does not allow it, it had followed as many redirects as it may, or
 * the place is none that any policy goes to. Nothing was sent there. The message names the origin
 * at most, because the rest of a URL may hold anything. The outcome is that of the answer: {@link
 * Outcome#REJECTED} for 307 and 308, else {@link Outcome#UNKNOWN}.
 */
public final class RedirectRefusedException extends CallFailedException {
  private static final long serialVersionUID = 1;

  RedirectRefusedException(String message, Circumstances circumstances) {
    super(message, circumstances, null);
  }
}
