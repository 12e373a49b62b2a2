package dev.belay.client;

import java.time.Duration;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/** What a client was built with. */
record ClientSettings(
    String name,
    DefaultHeaders headers,
    Secrets secrets,
    Wiring wiring,
    RetryPolicy retry,
    RateLimit rate,
    CircuitBreakerPolicy breaker,
    RedirectPolicy redirects,
    Times times,
    @Nullable String keyHeader,
    Limits limits,
    boolean httpsOnly,
    @Nullable TokenSource tokens,
    EventListener.@Nullable Factory events,
    Contexts contexts) {

  /** How long a call may take, one attempt of it, and how long an origin is left alone at most. */
  record Times(Duration deadline, Duration attempt, Duration originPause) {}

  /** How much at once, and how much in one answer. Zero concurrent attempts means no bulkhead. */
  record Limits(
      int maxCallsInFlight, int maxStreams, int maxQueue, int maxConcurrentAttempts, Sizes sizes) {}

  /** In bytes: what a body is decoded to, and all that an answer is on the wire. */
  record Sizes(long body, long wire) {}

  @Override
  public String toString() {
    return "'"
        + name
        + "', deadline "
        + Text.of(times.deadline)
        + " (attempts "
        + Text.of(times.attempt)
        + "), "
        + retry
        + ", "
        + rate
        + ", "
        + breaker
        + ", "
        + redirects
        + ", at most "
        + limits.maxCallsInFlight
        + " calls in flight and "
        + limits.maxStreams
        + " streams, "
        + (limits.maxConcurrentAttempts == 0
            ? "no bulkhead"
            : "bulkhead of " + limits.maxConcurrentAttempts)
        + (keyHeader == null ? "" : ", keys in " + keyHeader)
        + ", headers "
        + headers.with(secrets)
        + (secrets.parameters().isEmpty() ? "" : ", secret parameters " + secrets.parameters());
  }
}
