package dev.belay.uazapi;

import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** The address of the API, checked: a token must not go where it could be read on the way. */
final class BaseUrl {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1", Pattern.CASE_INSENSITIVE);

  private final String given;
  private final String shown;

  private BaseUrl(String given, Token token) {
    this.given = given;
    shown =
        token
            .hideIn(given)
            .replaceFirst("//[^/?#]*@", "//***@")
            .replaceFirst("\\?[^#]*", "?***")
            .replaceFirst("#.*", "#***");
  }

  static HttpUrl of(String given, Token token) {
    BaseUrl url = new BaseUrl(Require.notBlank(given, "baseUrl"), token);
    url.refuseIf(token.isIn(given), "must not hold the token");
    return url.parsed();
  }

  private HttpUrl parsed() {
    refuseIf(
        given.chars().anyMatch(c -> c <= ' ' || c == '\\'), "must not hold spaces or backslashes");
    String scheme = given.substring(0, Math.max(0, given.indexOf("://"))).toLowerCase(Locale.ROOT);
    refuseIf(!scheme.equals("https") && !scheme.equals("http"), "must start with https://");
    HttpUrl url = HttpUrl.parse(given);
    // OkHttp takes the first part of the path for the host where none is given.
    if (url == null || "/?#".indexOf(afterScheme(scheme)) >= 0) {
      throw refused("must have a host");
    }
    refuseParts(url);
    boolean secure = url.isHttps() || LOOPBACK.matcher(url.host()).matches();
    refuseIf(!secure, "must be https, because http would show the token to the network");
    return withoutSlashes(url);
  }

  private char afterScheme(String scheme) {
    int host = scheme.length() + "://".length();
    return host < given.length() ? given.charAt(host) : '/';
  }

  private void refuseParts(HttpUrl url) {
    String authority = given.split("[/?#]", 4)[2];
    refuseIf(authority.contains("@"), "must not hold user info");
    refuseIf(url.query() != null, "must not have a query");
    refuseIf(url.fragment() != null, "must not have a fragment");
  }

  private static HttpUrl withoutSlashes(HttpUrl url) {
    HttpUrl.Builder builder = url.newBuilder();
    int last = url.pathSize() - 1;
    while (last > 0 && url.pathSegments().get(last).isEmpty()) {
      builder.removePathSegment(last);
      last--;
    }
    return builder.build();
  }

  private void refuseIf(boolean wrong, String rule) {
    if (wrong) {
      throw refused(rule);
    }
  }

  private IllegalArgumentException refused(String rule) {
    return new IllegalArgumentException("baseUrl " + rule + ", but is " + shown);
  }
}
