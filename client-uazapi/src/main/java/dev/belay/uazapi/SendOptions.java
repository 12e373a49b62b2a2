package dev.belay.uazapi;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What every send can be told. By default nothing but a new track id and the track source of the
 * client.
 *
 * <p>Belongs to one send; not safe for use by several threads.
 *
 * @param <T> the options of one kind of send
 */
@SuppressWarnings("exports") // annotations for tools, which a consumer need not have
public abstract sealed class SendOptions<T extends SendOptions<T>> permits SendTextOptions {
  /** The longest typing that the API documents ({@code POST /message/presence}). */
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  private final Map<String, Object> fields = new LinkedHashMap<>();
  private Duration delay = Duration.ZERO;
  private String trackSource;
  private @Nullable String trackId;

  SendOptions(String trackSource) {
    this.trackSource = trackSource;
  }

  abstract T self();

  @CanIgnoreReturnValue
  final T set(String field, Object value) {
    fields.put(field, value);
    return self();
  }

  /**
   * The caller's own id of this message, such as that of an order. Default: a random UUID.
   *
   * <p>The server stores and echoes it, and does not check that it is unique: make it unique for
   * each message, or it cannot be found again.
   *
   * @param id not blank
   * @return these options
   * @throws IllegalArgumentException if it is null or blank
   */
  @CanIgnoreReturnValue
  public final T trackId(String id) {
    trackId = Require.notBlank(id, "trackId");
    return self();
  }

  /**
   * The track source of this message. Default: that of the client.
   *
   * @param source not blank
   * @return these options
   * @throws IllegalArgumentException if it is null or blank
   */
  @CanIgnoreReturnValue
  public final T trackSource(String source) {
    trackSource = Require.notBlank(source, "trackSource");
    return self();
  }

  /**
   * How long the server waits before it sends, showing "typing" meanwhile. Default: not at all.
   *
   * <p>The call blocks for that long, and the deadline of the call is longer by as much.
   *
   * @param wait zero to 5 minutes, in whole milliseconds; what is finer is dropped
   * @return these options
   * @throws IllegalArgumentException if it is outside that range
   */
  @CanIgnoreReturnValue
  public final T delay(Duration wait) {
    delay = Require.between(wait, LONGEST_DELAY, "delay");
    return set("delay", delay.toMillis());
  }

  /**
   * Quotes a message. Default: none.
   *
   * @param message the message, by either form of its id
   * @return these options
   */
  @CanIgnoreReturnValue
  public final T replyTo(MessageId message) {
    return set("replyid", Objects.requireNonNull(message, "replyTo").bare());
  }

  /**
   * Quotes a message. Default: none.
   *
   * @param messageId either form of its id
   * @return these options
   * @throws IllegalArgumentException if it is null or blank
   */
  @CanIgnoreReturnValue
  public final T replyTo(String messageId) {
    return replyTo(new MessageId(Require.notBlank(messageId, "replyTo")));
  }

  /**
   * Mentions members of a group. Default: nobody.
   *
   * @param numbers the numbers, digits with the country code; at least one
   * @return these options
   * @throws IllegalArgumentException if there is none, or one is blank or holds a comma
   */
  @CanIgnoreReturnValue
  public final T mentions(String... numbers) {
    Require.atLeast(1, numbers.length, "the number of mentions");
    for (String number : numbers) {
      if (Require.notBlank(number, "mentions").contains(",")) {
        throw new IllegalArgumentException("mentions must be one number each, without commas");
      }
    }
    return set("mentions", String.join(",", numbers));
  }

  /**
   * Mentions every member of a group. Default: nobody.
   *
   * @return these options
   */
  @CanIgnoreReturnValue
  public final T mentionAll() {
    return set("mentions", "all");
  }

  /**
   * Whether the chat is marked as read after the send. Default: the server's, no.
   *
   * @param mark true to mark it
   * @return these options
   */
  @CanIgnoreReturnValue
  public final T readChat(boolean mark) {
    return set("readchat", mark);
  }

  /**
   * Whether the last 10 received messages are marked as read. Default: the server's, no.
   *
   * @param mark true to mark them
   * @return these options
   */
  @CanIgnoreReturnValue
  public final T readMessages(boolean mark) {
    return set("readmessages", mark);
  }

  /**
   * Whether the server queues the message and answers at once. Default: the server's, no.
   *
   * <p>A queued message is {@link SendResult.Accepted} before it was sent; that it failed shows
   * later, in the status of the message.
   *
   * @param queue true to queue it
   * @return these options
   */
  @CanIgnoreReturnValue
  public final T async(boolean queue) {
    return set("async", queue);
  }

  final Duration delay() {
    return delay;
  }

  final String trackId() {
    String chosen = trackId;
    if (chosen == null) {
      chosen = UUID.randomUUID().toString();
      trackId = chosen;
    }
    return chosen;
  }

  /** As they go into the body, the track fields last. */
  final Map<String, Object> fields() {
    Map<String, Object> all = new LinkedHashMap<>(fields);
    all.put("track_source", trackSource);
    all.put("track_id", trackId());
    return all;
  }

  /** The names of the options that were set, and the track id. */
  @Override
  public final String toString() {
    return "track id " + trackId() + ", " + fields.keySet();
  }
}
