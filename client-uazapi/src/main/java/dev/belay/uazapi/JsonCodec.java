package dev.belay.uazapi;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON to plain maps and back, and the only class here that knows Jackson. */
final class JsonCodec {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JsonCodec() {}

  /** The object in a text, with strings, numbers, booleans, maps, lists and null as values. */
  static @Nullable Map<?, ?> readObject(String text) {
    try {
      return MAPPER.readValue(text, Object.class) instanceof Map<?, ?> object ? object : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /** As UTF-8. */
  static byte[] write(Map<String, Object> object) {
    return MAPPER.writeValueAsBytes(object);
  }
}
