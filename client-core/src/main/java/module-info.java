/**
 * Resilient HTTP clients that cannot outlive their scope.
 *
 * <p>OkHttp's request and response types are part of the API; everything else that the client is
 * built on is an implementation detail.
 */
@org.jspecify.annotations.NullMarked
module dev.belay.client {
  exports dev.belay.client;

  requires transitive okhttp3;
  requires okio;
  requires kotlin.stdlib;
  requires io.github.resilience4j.bulkhead;
  requires io.github.resilience4j.circuitbreaker;
  requires io.github.resilience4j.core;
  requires io.github.resilience4j.ratelimiter;
  requires io.github.resilience4j.retry;
  requires org.slf4j;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires static org.checkerframework.checker.qual;
}
