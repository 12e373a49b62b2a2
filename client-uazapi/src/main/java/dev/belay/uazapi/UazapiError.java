package dev.belay.uazapi;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered instead of what was asked for.
 *
 * <p>Every error has the HTTP {@link #status()} and a {@link #text()}: what the server said, cut to
 * 200 characters, without the token and with phone numbers masked. It is for people; it changes
 * between versions and may be empty. Immutable.
 */
public sealed interface UazapiError extends Serializable {
  /**
   * The HTTP status.
   *
   * @return such as 401
   */
  int status();

  /**
   * What the server said, masked and cut.
   *
   * @return at most 200 characters; empty if it said nothing
   */
  String text();

  /**
   * The token is missing, wrong, or of an instance that is gone.
   *
   * @param status the HTTP status, 401
   * @param text what the server said
   */
  record Authentication(int status, String text) implements UazapiError {}

  /**
   * The token is right, and not enough for this.
   *
   * @param status the HTTP status, 403
   * @param text what the server said
   */
  record Forbidden(int status, String text) implements UazapiError {}

  /**
   * The server does not understand the request, or does not want it as it is.
   *
   * @param status the HTTP status, 400 or another 4xx without a type of its own
   * @param text what the server said
   */
  record InvalidRequest(int status, String text) implements UazapiError {}

  /**
   * There is no such message, chat, group, or route.
   *
   * @param status the HTTP status: 404, 405 for a route, 500 for a group that does not exist
   * @param text what the server said
   */
  record NotFound(int status, String text) implements UazapiError {}

  /**
   * WhatsApp knows nobody by this number. Permanent.
   *
   * @param status the HTTP status, 500
   * @param text what the server said
   */
  record NotOnWhatsApp(int status, String text) implements UazapiError {}

  /**
   * Too many requests.
   *
   * @param status the HTTP status, 429
   * @param text what the server said
   * @param retryAfter how long the server wants to be left alone; null if it does not say
   */
  record RateLimited(int status, String text, @Nullable Duration retryAfter)
      implements UazapiError {}

  /**
   * WhatsApp has restricted the account (its error 463): no new chats for a while. Trying on harms
   * the number.
   *
   * @param status the HTTP status, 500
   * @param text what the server said
   * @param until when the restriction ends; null if the server does not say
   */
  record AccountRestricted(int status, String text, @Nullable Instant until)
      implements UazapiError {}

  /**
   * The instance has no session with WhatsApp.
   *
   * @param status the HTTP status: 503, also 401 and 500
   * @param text what the server said
   */
  record NotConnected(int status, String text) implements UazapiError {}

  /**
   * The instance is busy with something that excludes this.
   *
   * @param status the HTTP status, 409
   * @param text what the server said
   */
  record Conflict(int status, String text) implements UazapiError {}

  /**
   * The request is larger than the server takes.
   *
   * @param status the HTTP status, 413
   * @param text what the server said
   */
  record TooLarge(int status, String text) implements UazapiError {}

  /**
   * The server, or a proxy in front of it, failed.
   *
   * @param status the HTTP status: 5xx, or 408
   * @param text what the server said
   * @param retryAfter how long the server wants to be left alone; null if it does not say
   */
  record Server(int status, String text, @Nullable Duration retryAfter) implements UazapiError {}

  /**
   * An answer that the API does not document for this call: a success without the fields of one, or
   * a redirect, which is not followed.
   *
   * @param status the HTTP status: 2xx or 3xx
   * @param text the beginning of the answer
   */
  record Unexpected(int status, String text) implements UazapiError {}
}
