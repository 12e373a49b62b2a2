package dev.belay.client;

import java.util.UUID;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The header by which a server recognises a repetition, made once for a call, so that all attempts
 * carry the same.
 */
final class IdempotencyKey {
  /** The name of draft-ietf-httpapi-idempotency-key-header-07. */
  private static final String HEADER = "Idempotency-Key";

  private IdempotencyKey() {}

  /** What goes on as another request is not the same work. */
  static void removeFrom(Request.Builder request, @Nullable String declared) {
    request.removeHeader(declared == null ? HEADER : declared);
  }

  /**
   * The request with its key; null when it carries none.
   *
   * @param declared the header that the client declared; null when it declared none
   * @param needed whether the method may not be repeated without one
   */
  static @Nullable Request addTo(
      Request request, CallOptions options, @Nullable String declared, boolean needed) {
    String own = options.idempotencyKey().orElse(null);
    if (own != null) {
      return request.newBuilder().header(declared == null ? HEADER : declared, own).build();
    }
    if (declared == null) {
      return null;
    }
    String given = request.header(declared);
    if (given != null && !given.isBlank()) { // a server that gets nothing recognises nothing
      return request;
    }
    return needed
        ? request.newBuilder().header(declared, UUID.randomUUID().toString()).build()
        : null;
  }
}
