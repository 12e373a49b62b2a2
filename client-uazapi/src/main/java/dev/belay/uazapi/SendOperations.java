package dev.belay.uazapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Sending messages.
 *
 * <p>A send never throws for what the server or the network did: that is in its {@link SendResult}.
 * It goes out with a unique track id, and at most once: it is tried again, within its deadline,
 * only when nothing was sent or the server answered 429. Safe for use by several threads; ends with
 * its client.
 */
public final class SendOperations {
  private final Sender sender;
  private final String trackSource;

  SendOperations(Sender sender, String trackSource) {
    this.sender = sender;
    this.trackSource = trackSource;
  }

  /**
   * Sends a text with the default options. See {@link #text(String, String, Consumer)}.
   *
   * @param number the receiver
   * @param text the text
   * @return what became of it
   * @throws IllegalArgumentException if an argument is null or blank
   */
  public SendResult text(String number, String text) {
    return text(number, text, options -> {});
  }

  /**
   * Sends a text ({@code POST /send/text}). Blocks up to the deadline of the client plus the delay
   * of the message.
   *
   * <p>The text goes out as it is. The server replaces placeholders such as {@code {{name}}} in it,
   * so a text of a user that holds two braces may arrive changed.
   *
   * @param number the receiver: digits with the country code and without a plus sign, or the
   *     address of a chat, such as {@code ...@g.us} for a group
   * @param text the text
   * @param options called once, on this thread, to change the options
   * @return what became of it
   * @throws IllegalArgumentException if the number or the text is null or blank, or an option is
   *     outside its range; the message holds neither of them
   */
  public SendResult text(String number, String text, Consumer<SendTextOptions> options) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("number", Require.notBlank(number, "number"));
    message.put("text", Require.notBlank(text, "text"));
    SendTextOptions chosen = new SendTextOptions(trackSource);
    Objects.requireNonNull(options, "options").accept(chosen);
    return sender.send("send/text", message, chosen);
  }
}
