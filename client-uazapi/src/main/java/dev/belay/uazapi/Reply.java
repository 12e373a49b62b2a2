package dev.belay.uazapi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An answer as it came. The body may hold anything, other people's data included. */
final class Reply {
  final int status;
  final @Nullable Duration retryAfter;
  private final String body;
  private final Token token;
  private final @Nullable JsonView json;

  Reply(int status, String body, @Nullable Duration retryAfter, Token token) {
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
    this.token = token;
    json = JsonView.read(body, token);
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Whether the body is a JSON object. */
  boolean isJson() {
    return json != null;
  }

  /** The body; an empty object if it is none. */
  JsonView json() {
    return json == null ? JsonView.EMPTY : json;
  }

  /** The beginning of the body, fit to be shown. */
  String excerpt() {
    return Excerpt.of(token.hideIn(body));
  }

  @Override
  public String toString() {
    return "HTTP " + status + ", " + body.length() + " characters";
  }
}
