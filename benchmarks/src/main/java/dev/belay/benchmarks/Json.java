package dev.belay.benchmarks;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records to JSON and back. Properties that are null are written as null. */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonMapper INDENTED =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  /** One line, without a line break at its end. */
  public static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** Several lines, for people. */
  public static String indented(Object value) {
    return INDENTED.writeValueAsString(value);
  }

  /** The inverse of {@link #line}; throws {@link tools.jackson.core.JacksonException}. */
  public static <T> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }
}
