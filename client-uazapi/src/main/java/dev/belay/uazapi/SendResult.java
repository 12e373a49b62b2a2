package dev.belay.uazapi;

import dev.belay.client.CallFailedException;
import dev.belay.client.Outcome;

/**
 * What became of a send. One of four, and only {@link Unknown} leaves a doubt.
 *
 * <p>The API has no idempotency: two equal sends are two messages. So before a message is sent
 * again, ask {@link #safeToResend()}.
 */
public sealed interface SendResult {
  /**
   * The {@code track_id} that went out with the message, by which it can be found at the server and
   * in its events.
   *
   * @return never empty
   */
  String trackId();

  /**
   * Whether the server took the message.
   *
   * @return true for {@link Accepted}
   */
  default boolean accepted() {
    return this instanceof Accepted;
  }

  /**
   * Whether sending again cannot make a second message. It does not say that it would help: a
   * {@link Rejected} one may be rejected again.
   *
   * @return true for {@link NotSent} and {@link Rejected}, false for {@link Accepted} and {@link
   *     Unknown}
   */
  boolean safeToResend();

  /**
   * The accepted message, for callers who have no other plan.
   *
   * @return this, if it is {@link Accepted}
   * @throws UazapiException if it is not; its {@linkplain UazapiException#outcome() outcome} says
   *     which of the others it is
   */
  Accepted orThrow() throws UazapiException;

  /**
   * The server took the message. A queued one is only queued: that it failed later shows in its
   * status.
   *
   * @param id the id of the message in the API
   * @param messageId the id of the message in WhatsApp
   * @param status the word of the server, such as {@code Pending} or {@code Queued}; may be empty
   * @param trackId the track id
   */
  record Accepted(MessageId id, String messageId, String status, String trackId)
      implements SendResult {
    /**
     * Whether the message waits in the queue of the server.
     *
     * @return true if it was sent with {@link SendOptions#async}
     */
    public boolean queued() {
      return status.equalsIgnoreCase("Queued");
    }

    @Override
    public boolean safeToResend() {
      return false;
    }

    @Override
    public Accepted orThrow() {
      return this;
    }
  }

  /**
   * No message went out: no attempt reached the server, or those that did were refused.
   *
   * @param trackId the track id
   * @param cause why, such as a refused connection or a closed client
   */
  record NotSent(String trackId, CallFailedException cause) implements SendResult {
    @Override
    public boolean safeToResend() {
      return true;
    }

    @Override
    public Accepted orThrow() throws UazapiException {
      throw new UazapiException(Sender.describe(trackId), cause);
    }
  }

  /**
   * The server answered that it did not take the message.
   *
   * @param trackId the track id
   * @param error why
   */
  record Rejected(String trackId, UazapiError error) implements SendResult {
    @Override
    public boolean safeToResend() {
      return true;
    }

    @Override
    public Accepted orThrow() throws UazapiException {
      throw new UazapiException(Sender.describe(trackId), new Verdict(error, Outcome.REJECTED));
    }
  }

  /**
   * The message may have gone out, and nothing proves it. Look for the track id before sending it
   * again.
   *
   * @param trackId the track id
   * @param cause what is known: with an {@linkplain UazapiException#error() error} if the server
   *     answered, else with the failure of the call as its cause
   */
  record Unknown(String trackId, UazapiException cause) implements SendResult {
    @Override
    public boolean safeToResend() {
      return false;
    }

    @Override
    public Accepted orThrow() throws UazapiException {
      throw cause;
    }
  }
}
