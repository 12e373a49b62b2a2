package dev.belay.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/** Gathers {@link ClientSettings}, value by value, from values that were checked. */
final class ClientSettingsBuilder {
  private static final int CALLS_PER_CONNECTION = 4;
  private static final int CONNECTIONS_PER_STREAM = 2;
  private static final long MEBIBYTE = 1024 * 1024;
  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  String name = "client";
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> secretHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  final Map<String, String> secretParameters = new HashMap<>();
  final Set<String> otherSecrets = new HashSet<>();
  Duration deadline = Duration.ofSeconds(30);

  /** Null for {@link #ATTEMPT}, or as long as a read where that may take longer. */
  @Nullable Duration attempt;

  Duration originPause = Duration.ofSeconds(60);
  @Nullable String keyHeader;
  RetryPolicy retry = RetryPolicy.DEFAULT;
  RateLimit rate = RateLimit.none();
  CircuitBreakerPolicy breaker = CircuitBreakerPolicy.none();
  RedirectPolicy redirects = RedirectPolicy.DEFAULT;

  /** Zero for as many as the pool is good for. */
  int maxCallsInFlight;

  /** Zero for half of what the pool is good for. */
  int maxStreams;

  int maxQueue = 1_000;
  int maxConcurrentAttempts;
  long maxBody = 10 * MEBIBYTE;

  /** Zero for what a body may need that is not compressed, badly framed, and has a long head. */
  long maxWire;

  boolean http;
  boolean httpsOnly;
  @Nullable TokenSource tokens;
  EventListener.@Nullable Factory events;
  final List<CallContext> contexts = new ArrayList<>(0);

  void header(String header, String value, boolean secret) {
    boolean hidden = secret || secretHeaders.containsKey(header); // once a secret, always one
    Object unused = (hidden ? secretHeaders : headers).put(header, value);
    if (hidden) {
      unused = headers.remove(header);
    }
  }

  /**
   * @throws IllegalStateException if values contradict each other
   */
  void refuseContradictions(boolean clearTextOnly) {
    if (http && httpsOnly) {
      throw new IllegalStateException("httpsOnly() contradicts http(): set one of them");
    }
    if (httpsOnly && clearTextOnly) {
      throw new IllegalStateException(
          "httpsOnly() contradicts protocols (h2_prior_knowledge), which is clear text");
    }
  }

  ClientSettings build(Wiring wiring, int maxConnections) {
    return new ClientSettings(
        name,
        new DefaultHeaders(headers),
        Secrets.of(secretHeaders, secretParameters, otherSecrets),
        wiring,
        retry,
        rate,
        breaker,
        redirects,
        new ClientSettings.Times(deadline, attempt(wiring.timeouts.read()), originPause),
        keyHeader,
        limits(maxConnections),
        httpsOnly,
        tokens,
        events,
        Contexts.of(contexts));
  }

  private ClientSettings.Limits limits(int maxConnections) {
    int calls = maxCallsInFlight == 0 ? CALLS_PER_CONNECTION * maxConnections : maxCallsInFlight;
    int half = Math.max(1, maxConnections / CONNECTIONS_PER_STREAM);
    int streams = maxStreams == 0 ? half : maxStreams;
    return new ClientSettings.Limits(calls, streams, maxQueue, maxConcurrentAttempts, sizes());
  }

  private ClientSettings.Sizes sizes() {
    long twice = Math.min(maxBody, Allowance.NONE / 2 - MEBIBYTE) * 2 + MEBIBYTE;
    return new ClientSettings.Sizes(maxBody, maxWire == 0 ? twice : maxWire);
  }

  /** Who waits longer for a byte means to wait as long for the head. */
  private Duration attempt(Duration read) {
    if (attempt != null) {
      return attempt;
    }
    return read.compareTo(ATTEMPT) > 0 ? read : ATTEMPT;
  }
}
