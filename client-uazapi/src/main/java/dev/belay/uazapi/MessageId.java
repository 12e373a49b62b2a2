package dev.belay.uazapi;

/**
 * The id of a message, in either of its forms.
 *
 * <p>The API knows a message as {@code owner:messageid}, WhatsApp as the {@code messageid} alone.
 *
 * @param value the id as it was given, not blank
 */
public record MessageId(String value) {
  /**
   * Checks the id.
   *
   * @param value the id
   * @throws IllegalArgumentException if it is null or blank
   */
  public MessageId {
    Require.notBlank(value, "message id");
  }

  /**
   * The part after the owner, which replies and reactions take.
   *
   * @return the whole id if it names no owner
   */
  public String bare() {
    return value.substring(value.lastIndexOf(':') + 1);
  }

  /** The id as it was given. */
  @Override
  public String toString() {
    return value;
  }
}
