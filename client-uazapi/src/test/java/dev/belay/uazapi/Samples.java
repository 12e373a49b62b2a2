package dev.belay.uazapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.assertj.core.util.Throwables;

/** Bodies of the API, and what tests need to talk about them. */
final class Samples {
  static final String TOKEN = "00000000-0000-4000-8000-000000000001";
  static final String NUMBER = "5500900000003";

  private Samples() {}

  static String read(String name) {
    try (InputStream file = Samples.class.getResourceAsStream("/samples/" + name)) {
      byte[] bytes = Objects.requireNonNull(file, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Reply reply(int status, String body) {
    return new Reply(status, body, null, Token.of(TOKEN));
  }

  /** Everything that a log would show of a failure. */
  static String printed(Throwable failure) {
    return Throwables.getStackTrace(failure);
  }
}
