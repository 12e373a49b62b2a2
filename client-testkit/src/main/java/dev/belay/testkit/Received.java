package dev.belay.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request as a {@link TestServer} read it: complete, with its whole body in memory.
 *
 * <p>Not changed by anybody after it was built, provided that nobody writes into {@link #body()},
 * which is not copied. Safe to keep and to read from any thread.
 */
public final class Received {

  private final String method;
  private final String target;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final int connection;

  Received(
      String method,
      String target,
      Map<String, List<String>> headers,
      byte[] body,
      int connection) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
    this.connection = connection;
  }

  static Map<String, List<String>> noHeaders() {
    return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  }

  /**
   * The method as it was sent, such as {@code POST}.
   *
   * @return the method, in the client's spelling
   */
  public String method() {
    return method;
  }

  /**
   * The part of the request target before the question mark, still percent-encoded.
   *
   * @return the path, such as {@code /send/text}
   */
  public String path() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  /**
   * The part of the request target after the question mark, still percent-encoded.
   *
   * @return the query, possibly empty, or null if there is no question mark
   */
  public @Nullable String query() {
    int mark = target.indexOf('?');
    return mark < 0 ? null : target.substring(mark + 1);
  }

  /**
   * Every header field, in a map that ignores the case of names; values in the order of arrival.
   *
   * @return the headers, unmodifiable
   */
  public Map<String, List<String>> headers() {
    return Collections.unmodifiableMap(headers);
  }

  /**
   * The first value of a header field.
   *
   * @param name the field's name in any case
   * @return the value, or null if the request has no such field
   */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.get(0);
  }

  /**
   * The body without its transfer coding; empty if there was none.
   *
   * @return the bytes themselves, not a copy
   */
  public byte[] body() {
    return body;
  }

  /**
   * The body as UTF-8 text.
   *
   * @return the text, empty if there was no body
   */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Which connection of the server this request came in on, counted from 1 in the order of
   * acceptance. Two requests with the same number shared a connection.
   *
   * @return the number of the connection
   */
  public int connection() {
    return connection;
  }

  /** Method, path and sizes; neither the query nor a header, either of which may hold a secret. */
  @Override
  public String toString() {
    return method + " " + path() + " (" + body.length + " bytes, connection " + connection + ")";
  }
}
