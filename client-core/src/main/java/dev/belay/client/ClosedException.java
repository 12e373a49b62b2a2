package dev.belay.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The call was made on, or cut by the closing of, a scope, client or pool; the message names it.
 *
 * <p>A call that is made after the close fails at once, with {@link Outcome#NOT_SENT}. The cause is
 * the stack of the one who closed, where it was taken.
 */
public final class ClosedException extends CallFailedException {
  private static final long serialVersionUID = 1;

  private final String closedBy;
  private final Instant closedAt;

  ClosedException(
      String message, Circumstances circumstances, Closing closing, @Nullable Throwable cause) {
    super(message, circumstances, cause);
    closedBy = closing.thread();
    closedAt = closing.at();
  }

  /**
   * Who closed.
   *
   * @return the name of the thread that called {@code close()}
   */
  public String closedBy() {
    return closedBy;
  }

  /**
   * When the close began.
   *
   * @return by the wall clock of this machine
   */
  public Instant closedAt() {
    return closedAt;
  }
}
