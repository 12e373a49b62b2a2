package dev.belay.benchmarks.demo;

import dev.belay.uazapi.UazapiClient;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the demo sends. Without options to a fake on this machine.
 *
 * @param url the server, or null for the fake
 * @param token what it is opened with; never shown
 * @param number who gets messages, or null to ask only for the status
 */
record DemoOptions(@Nullable String url, @Nullable String token, @Nullable String number) {
  private static final String URL = "-Dbelay.url";
  private static final String TOKEN = "-Dbelay.token";
  private static final String NUMBER = "-Dbelay.number";

  /** A phone number, or the id of a chat. */
  private static final Pattern RECEIVER = Pattern.compile("\\d{6,20}|[\\w.-]+@[\\w.]+");

  /** A mistake of the user, in one line that holds no secret. */
  static final class WrongOptionException extends Exception {
    private static final long serialVersionUID = 1;

    WrongOptionException(String message) {
      super(message);
    }
  }

  static DemoOptions of(Properties properties) throws WrongOptionException {
    String url = properties.getProperty(URL.substring(2));
    String token = properties.getProperty(TOKEN.substring(2));
    String number = properties.getProperty(NUMBER.substring(2));
    require(url != null || token == null, TOKEN + " needs " + URL);
    require(url != null || number == null, NUMBER + " needs " + URL);
    require(url == null || token != null, URL + " needs " + TOKEN);
    if (url != null && token != null) {
      tryOut(url, token);
    }
    require(
        number == null || RECEIVER.matcher(number).matches(),
        NUMBER + " must be a phone number, digits only, or the id of a chat");
    return new DemoOptions(url, token, number);
  }

  /** The adapter knows what it takes; building a client opens nothing. */
  private static void tryOut(String url, String token) throws WrongOptionException {
    try {
      UazapiClient.builder(url, token).build().close();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new WrongOptionException(
          message.replaceFirst("^baseUrl\\b", URL).replaceFirst("^token\\b", TOKEN));
    }
  }

  private static void require(boolean holds, String message) throws WrongOptionException {
    if (!holds) {
      throw new WrongOptionException(message);
    }
  }

  @Override
  public String toString() {
    return url == null
        ? "a fake Uazapi on this machine"
        : url + (number == null ? ", status only, token ***" : ", messages, token ***");
  }
}
