package dev.belay.testkit;

/** A request in few words, of which no query and no user information is part. */
final class RequestLine {

  private RequestLine() {}

  /**
   * Returns such as {@code GET /x}.
   *
   * @param target in any form of RFC 9112 section 3.2
   */
  static String of(String method, String target) {
    return method + " " + path(target);
  }

  private static String path(String target) {
    String plain = before('#', before('?', target));
    int scheme = plain.startsWith("/") ? -1 : plain.indexOf("://");
    if (scheme < 0) {
      return plain;
    }
    int slash = plain.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : plain.substring(slash);
  }

  private static String before(char mark, String text) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at);
  }
}
