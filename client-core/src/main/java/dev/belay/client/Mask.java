package dev.belay.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/** Replaces secrets in a text by stars, in all forms in which URLs and servers repeat them. */
final class Mask {
  static final String STARS = "***";

  /** What is shorter is no secret, and would take words out of texts. */
  static final int LEAST = 4;

  /** The same for a part of a value, such as the credentials behind a scheme. */
  private static final int LEAST_PART = 8;

  private static final Pattern BETWEEN_PARTS = Pattern.compile("[\\s;,]+");

  /** The longest first: one may be a part of another. */
  private final List<String> forms;

  /** A server may write them in capitals, and the digits of what it encodes as it likes. */
  private final Pattern pattern;

  Mask(Collection<String> secrets) {
    this(secrets, Integer.MAX_VALUE);
  }

  /**
   * @param longest of the texts that it is for: what is longer cannot be a part of them
   */
  Mask(Collection<String> secrets, int longest) {
    Set<String> all = new HashSet<>();
    secrets.forEach(secret -> addParts(secret, longest, all));
    forms =
        all.stream()
            .filter(form -> form.length() >= LEAST) // dots are no segment of a path
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
    String either = forms.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    pattern = Pattern.compile(either, Pattern.CASE_INSENSITIVE);
  }

  private static void addParts(String secret, int longest, Set<String> all) {
    add(secret, LEAST, longest, all);
    for (String part : BETWEEN_PARTS.split(secret, -1)) {
      add(part.substring(part.indexOf('=') + 1), LEAST_PART, longest, all); // of a cookie
      add(part, LEAST_PART, longest, all);
    }
  }

  private static void add(String secret, int least, int longest, Set<String> all) {
    if (secret.length() >= least && secret.length() <= longest) {
      addForms(secret, all);
    }
  }

  private static void addForms(String secret, Set<String> all) {
    all.add(secret);
    all.add(inJson(secret));
    all.add(inJson(secret).replace("/", "\\/"));
    all.add(inHtml(secret));
    HttpUrl url =
        new HttpUrl.Builder()
            .scheme("http")
            .host("a")
            .addPathSegment(secret)
            .addQueryParameter("", secret)
            .build();
    all.add(url.encodedPath().substring(1));
    all.add(String.valueOf(url.encodedQuery()).substring(1));
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    all.add(form);
    all.add(form.replace("+", "%20"));
  }

  private static String inJson(String secret) {
    return secret.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String inHtml(String secret) {
    return secret
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** In the letters in which it was declared. */
  boolean isNeededIn(String text) {
    for (String form : forms) {
      if (text.contains(form)) {
        return true;
      }
    }
    return false;
  }

  String of(String text) {
    return forms.isEmpty()
        ? text
        : pattern.matcher(text).replaceAll(Matcher.quoteReplacement(STARS));
  }

  /** How long the longest is: a text that is cut may end within one. */
  int longest() {
    return forms.isEmpty() ? 0 : forms.get(0).length();
  }
}
