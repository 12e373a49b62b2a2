package dev.belay.client;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.Request;

/**
 * Headers that every request of a client gets, unless it has its own. Secret values stay unseen.
 */
record DefaultHeaders(Map<String, String> values, Set<String> secrets) {
  DefaultHeaders {
    values = Map.copyOf(values);
    secrets = Set.copyOf(secrets);
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

  boolean isSecret(String name) {
    return secrets.contains(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    Map<String, String> shown = new LinkedHashMap<>();
    values.forEach((name, value) -> shown.put(name, isSecret(name) ? "***" : value));
    return shown.toString();
  }
}
