package dev.belay.uazapi;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that disappoints nobody: a field that is missing, null or of another type reads as
 * empty, and unknown fields are not looked at. Texts come without the token.
 */
final class JsonView {
  static final JsonView EMPTY = new JsonView(Map.of(), null);

  private final Map<?, ?> fields;
  private final @Nullable Token token;

  private JsonView(Map<?, ?> fields, @Nullable Token token) {
    this.fields = fields;
    this.token = token;
  }

  /** Null if the text is not a JSON object. */
  static @Nullable JsonView read(String text, Token token) {
    Map<?, ?> fields = JsonCodec.readObject(text);
    return fields == null ? null : new JsonView(fields, token);
  }

  /** Empty unless the field is a string. */
  String text(String name) {
    if (!(fields.get(name) instanceof String text)) {
      return "";
    }
    return token == null ? text : token.hideIn(text);
  }

  /** Null unless the field says true or false, as a boolean or as a string. */
  @Nullable Boolean flag(String name) {
    Object value = fields.get(name);
    if (value instanceof Boolean flag) {
      return flag;
    }
    String text = value instanceof String string ? string : "";
    boolean says = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    return says ? Boolean.valueOf(text) : null;
  }

  /** Null unless the field is a whole number, as a number or as a string. */
  @Nullable Long number(String name) {
    Object value = fields.get(name);
    try {
      return value instanceof Integer || value instanceof Long || value instanceof String
          ? Long.valueOf(value.toString())
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Null unless the field is a time in one of the forms that the server uses. */
  @Nullable Instant time(String name) {
    Long number = number(name);
    return number == null ? Times.parse(text(name)) : Times.ofEpoch(number);
  }

  /** Empty unless the field is an object. */
  JsonView object(String name) {
    return fields.get(name) instanceof Map<?, ?> object ? new JsonView(object, token) : EMPTY;
  }
}
