package dev.belay.client;

import java.util.Map;
import java.util.TreeMap;
import okhttp3.Request;

/** Headers that every request of a client gets, unless it has its own, and that everybody sees. */
record DefaultHeaders(Map<String, String> values) {
  DefaultHeaders {
    values = Map.copyOf(values);
  }

  Request addTo(Request request) {
    if (values.isEmpty()) {
      return request;
    }
    Request.Builder builder = request.newBuilder();
    values.forEach(
        (name, value) -> {
          if (request.header(name) == null) {
            builder.header(name, value);
          }
        });
    return builder.build();
  }

  /** All of them and the names of those that nobody sees. */
  String with(Secrets secrets) {
    Map<String, String> shown = new TreeMap<>(values);
    secrets.headers().forEach(name -> shown.put(name, Mask.STARS));
    return shown.toString();
  }
}
