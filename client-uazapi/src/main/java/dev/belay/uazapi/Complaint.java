package dev.belay.uazapi;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the body of an error says.
 *
 * <p>The text is in {@code error}, or in {@code message} where {@code error} is a boolean. It is in
 * English or Portuguese and not stable, so only the few words that decide are looked for, and only
 * in these fields: anywhere else the message that was sent could be echoed.
 */
final class Complaint {
  private static final long RESTRICTED = 463;

  private final JsonView body;
  private final String words;
  private final String shown;

  private Complaint(JsonView body, String text, String shown) {
    this.body = body;
    words = text.toLowerCase(Locale.ROOT);
    this.shown = shown;
  }

  static Complaint of(Reply reply) {
    JsonView body = reply.json();
    String error = body.text("error");
    String text = error.isBlank() ? body.text("message") : error;
    return new Complaint(body, text, text.isBlank() ? reply.excerpt() : Excerpt.of(text));
  }

  /** The text, or the beginning of a body without one, fit for logs. */
  String shown() {
    return shown;
  }

  boolean isAccountRestricted() {
    Long code = body.number("provider_code");
    return (code != null && code == RESTRICTED)
        || body.text("error_key").equals("WHATSAPP_REACHOUT_TIMELOCK")
        || words.contains("error " + RESTRICTED);
  }

  @Nullable Instant restrictedUntil() {
    return body.object("details").object("reachout_timelock").time("until");
  }

  boolean isAboutUnknownNumber() {
    return words.contains("is not on whatsapp") || words.contains("no lid found");
  }

  boolean isAboutUnknownGroup() {
    return words.contains("group does not exist");
  }

  /** Only the API itself answers so, with a boolean: a proxy in front knows nothing of WhatsApp. */
  boolean isSessionDown() {
    return Boolean.TRUE.equals(body.flag("error")) && words.contains("whatsapp");
  }

  boolean isAboutSession() {
    return words.contains("no session")
        || words.contains("no active session")
        || words.contains("not connected")
        || words.contains("whatsapp disconnected");
  }
}
