package dev.belay.client;

import java.util.List;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a request before anything else does. OkHttp sends what {@link
 * Headers.Builder#addUnsafeNonAscii} takes, and a line break in it begins a header, or a request,
 * of whoever wrote the value (OkHttp #9474). Messages name the place and never the value.
 */
final class RequestCheck {
  private static final char DELETE = 0x7f;
  private static final String SEPARATORS = "()<>@,;:\\\"/[]?={} ";

  private RequestCheck() {}

  /**
   * @throws IllegalArgumentException if something would not stay where it stands
   */
  static void check(Request request) {
    HttpUrl url = request.url();
    if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
      throw new IllegalArgumentException(
          "the URL has a user name or a password, which are not sent; use a header");
    }
    method(request.method());
    headers(request.headers(), "");
    RequestBody body = request.body();
    if (body instanceof MultipartBody multipart) {
      parts(multipart, "part ");
    }
  }

  private static void method(String method) {
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      if (c <= ' ' || c >= DELETE || SEPARATORS.indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "the method has a character that it must not have, at index " + i);
      }
    }
  }

  private static void headers(Headers headers, String part) {
    for (int i = 0; i < headers.size(); i++) {
      if (breakIn(headers.name(i)) >= 0) {
        throw new IllegalArgumentException(part + "header " + i + " has a break in its name");
      }
      int at = breakIn(headers.value(i));
      if (at >= 0) {
        throw new IllegalArgumentException(
            part + "header " + headers.name(i) + " has a break in its value, at index " + at);
      }
    }
  }

  /** OkHttp writes them as they are; of a part it knows the type as a header of its own. */
  private static void parts(MultipartBody multipart, String place) {
    type(multipart.contentType(), place.trim());
    List<MultipartBody.Part> parts = multipart.parts();
    for (int i = 0; i < parts.size(); i++) {
      Headers headers = parts.get(i).headers();
      if (headers != null) {
        headers(headers, place + i + ", ");
      }
      RequestBody body = parts.get(i).body();
      if (body instanceof MultipartBody inner) {
        parts(inner, place + i + ".");
      } else {
        type(body.contentType(), place + i);
      }
    }
  }

  private static void type(@Nullable MediaType type, String place) {
    if (type != null && breakIn(type.toString()) >= 0) {
      throw new IllegalArgumentException(place + " has a break in its content type");
    }
  }

  /** Where a line, or for C the text, would end; -1 for nowhere. */
  private static int breakIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n' || c == '\0') {
        return i;
      }
    }
    return -1;
  }
}
