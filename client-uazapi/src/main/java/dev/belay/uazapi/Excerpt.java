package dev.belay.uazapi;

import java.util.regex.Pattern;

/**
 * The beginning of a text of the server, fit for logs: without phone numbers, values that look
 * secret, and line breaks.
 */
final class Excerpt {
  static final int LONGEST = 200;

  /** Enough to fill an excerpt after masking; a body of 64 KiB is not worth searching. */
  private static final int LOOKED_AT = 2_000;

  private static final Pattern SECRET_FIELD =
      Pattern.compile(
          "(\"[^\"]*(?:token|key|secret|password|authorization)[^\"]*\"\\s*:\\s*)\"[^\"]*\"?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern DIGITS = Pattern.compile("\\d{3,}(?=\\d\\d)");
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Cntrl}]+");

  private Excerpt() {}

  static String of(String text) {
    String beginning = cut(text, LOOKED_AT, "");
    String quiet = SECRET_FIELD.matcher(beginning).replaceAll("$1\"***\"");
    String anonymous = DIGITS.matcher(quiet).replaceAll("***");
    return cut(SPACES.matcher(anonymous).replaceAll(" ").strip(), LONGEST, "...");
  }

  private static String cut(String text, int most, String end) {
    if (text.length() <= most) {
      return text;
    }
    int last = most - end.length();
    boolean half = Character.isHighSurrogate(text.charAt(last - 1));
    return text.substring(0, half ? last - 1 : last) + end;
  }
}
