package dev.belay.client;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Looks at headers before OkHttp does, whose message for a bad value repeats the value. */
final class HeaderCheck {
  private static final Set<String> KNOWN_SECRETS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "token",
          "admintoken",
          "apikey",
          "api-key",
          "api_key",
          "x-api-key",
          "access_token",
          "refresh_token",
          "client_secret",
          "password",
          "x-auth-token",
          "x-access-token",
          "x-csrf-token",
          "x-xsrf-token",
          "x-amz-security-token",
          "private-token",
          "set-cookie");

  private static final char DELETE = 0x7f;

  private HeaderCheck() {}

  static boolean isKnownSecret(String name) {
    return KNOWN_SECRETS.contains(name.toLowerCase(Locale.ROOT));
  }

  static String secretHeader(String name, String value) {
    if (Objects.requireNonNull(value, "value").isBlank()) {
      throw new IllegalArgumentException("secretHeader " + name(name) + " must not be blank");
    }
    return value(name, value);
  }

  /**
   * A secret that is no header. The end of the line that it was read from is not part of it.
   *
   * @param place where it stands, for the message
   */
  static String secret(String place, String value) {
    if (Objects.requireNonNull(value, "value").isBlank()) {
      throw new IllegalArgumentException(place + " must not be blank");
    }
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        throw new IllegalArgumentException(place + " has a control character, at index " + i);
      }
    }
    return value;
  }

  /** A tab or printable ASCII, as OkHttp sends it. Names where the bad character is, not which. */
  static String value(String name, String value) {
    name(name);
    Objects.requireNonNull(value, "value");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c >= DELETE)) {
        throw new IllegalArgumentException(
            "header " + name + " has a character that cannot be sent, at index " + i);
      }
    }
    return value;
  }

  private static String name(String name) {
    return name("a header", name);
  }

  /**
   * @param what it is the name of, for the message
   */
  static String name(String what, String name) {
    boolean token =
        !Objects.requireNonNull(name, "header").isEmpty()
            && name.chars().allMatch(c -> c > ' ' && c < DELETE && c != ':');
    if (!token) {
      throw new IllegalArgumentException(what + " has a name that cannot be sent");
    }
    return name;
  }
}
