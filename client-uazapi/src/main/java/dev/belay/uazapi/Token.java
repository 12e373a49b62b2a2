package dev.belay.uazapi;

import java.util.regex.Pattern;

/** The instance token, which knows how to disappear from what the server said. */
final class Token {
  private static final String MASK = "***";

  /** A shorter one may be part of an innocent word, and is only hidden where it stands alone. */
  private static final int UNMISTAKABLE = 8;

  private static final char DELETE = 0x7f;

  private final String value;
  private final Pattern anywhere;

  private Token(String value) {
    this.value = value;
    String quoted = Pattern.quote(value);
    boolean sure = value.length() >= UNMISTAKABLE;
    String pattern = sure ? quoted : "(?<![A-Za-z0-9])" + quoted + "(?![A-Za-z0-9])";
    anywhere = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }

  /** Refuses what cannot be a token: most often a line break that was copied along. */
  static Token of(String value) {
    Require.notBlank(value, "token");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= DELETE) {
        throw new IllegalArgumentException(
            "token has a character that cannot be in a header, at index " + i);
      }
    }
    return new Token(value);
  }

  String value() {
    return value;
  }

  boolean isIn(String text) {
    return anywhere.matcher(text).find();
  }

  String hideIn(String text) {
    return anywhere.matcher(text).replaceAll(MASK);
  }

  @Override
  public String toString() {
    return MASK;
  }
}
