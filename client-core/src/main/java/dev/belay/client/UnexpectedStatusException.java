package dev.belay.client;

/**
 * The server answered with a status that the reader of the answer does not accept.
 *
 * <p>Thrown by {@link Answers} for everything but 2xx. The outcome is {@link Outcome#REJECTED}
 * where the status says that the work was not done (307, 308, 4xx except 408, and 503 with a
 * Retry-After), else {@link Outcome#UNKNOWN}.
 */
public final class UnexpectedStatusException extends CallFailedException {
  private static final long serialVersionUID = 1;

  private final String body;

  UnexpectedStatusException(String message, Circumstances circumstances, String body) {
    super(message, circumstances, null);
    this.body = body;
  }

  /**
   * The beginning of the body of the answer, at most 64 KiB, decoded as its content type says.
   *
   * <p>It is not part of the message, because servers like to echo what was sent.
   *
   * @return an empty string when there was none
   */
  public String body() {
    return body;
  }
}
