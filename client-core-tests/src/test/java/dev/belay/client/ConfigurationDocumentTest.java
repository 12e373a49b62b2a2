package dev.belay.client;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;

/** Compares the table of docs/configuration.md with the settings and their defaults. */
@NoLeaks
class ConfigurationDocumentTest {
  @Test
  void every_setting_of_a_builder_is_in_the_table() throws IOException {
    Set<String> settings = new TreeSet<>();
    Stream.of(
            BelayClientBuilder.class,
            BoundedPoolBuilder.class,
            RetryPolicyBuilder.class,
            CircuitBreakerPolicyBuilder.class)
        .forEach(builder -> settingsOf(builder).forEach(settings::add));
    assertThat(Documents.table("configuration.md").keySet())
        .containsExactlyInAnyOrderElementsOf(settings);
  }

  /** A setter returns the builder, or what the builder extends. */
  private static Stream<String> settingsOf(Class<?> builder) {
    return Stream.of(builder.getMethods())
        .filter(method -> method.getReturnType() == method.getDeclaringClass())
        .map(method -> builder.getSimpleName() + "." + method.getName());
  }

  @Test
  void defaults_in_the_table_are_those_of_the_code() throws Exception {
    Map<String, String> code = new TreeMap<>();
    try (BelayClient client = BelayClient.builder().build();
        BoundedPool pool = BoundedPool.builder().build()) {
      ofClient(client.state)
          .forEach((name, value) -> code.put("BelayClientBuilder." + name, text(value)));
      ofPool(pool.state())
          .forEach((name, value) -> code.put("BoundedPoolBuilder." + name, text(value)));
      ofRetry(RetryPolicy.builder().build())
          .forEach((name, value) -> code.put("RetryPolicyBuilder." + name, text(value)));
      ofBreaker(CircuitBreakerPolicy.builder().build())
          .forEach((name, value) -> code.put("CircuitBreakerPolicyBuilder." + name, text(value)));
    }
    Map<String, String> written = new TreeMap<>();
    Documents.table("configuration.md")
        .forEach((setting, row) -> written.put(setting, row.get(1).replaceFirst(" \\(.*", "")));
    assertThat(written).isEqualTo(code);
  }

  private static Map<String, Object> ofClient(ClientState state) {
    ClientSettings settings = state.settings;
    assertThat(settings.wiring()).isSameAs(Wiring.DEFAULT);
    Wiring wiring = settings.wiring();
    PoolSettings own = state.pool.settings;
    return Map.ofEntries(
        entry("name", settings.name()),
        entry("header", settings.headers().values()),
        entry("secretHeader", settings.secrets().headers()),
        entry("secretQueryParameter", settings.secrets().parameters()),
        entry("secret", settings.secrets().longest() == 0 ? "none" : "some"),
        entry("deadline", settings.times().deadline()),
        entry("attemptTimeout", settings.times().attempt()),
        entry("originPause", settings.times().originPause()),
        entry("idempotencyKey", Optional.ofNullable(settings.keyHeader())),
        entry("maxStreams", settings.limits().maxStreams()),
        entry("retry", settings.retry().maxAttempts() + " attempts"),
        entry("maxCallsInFlight", settings.limits().maxCallsInFlight()),
        entry("maxQueuedCalls", settings.limits().maxQueue()),
        entry("rateLimit", settings.rate().isNone() ? "none" : settings.rate()),
        entry("circuitBreaker", settings.breaker().isNone() ? "none" : settings.breaker()),
        entry("maxConcurrentAttempts", settings.limits().maxConcurrentAttempts()),
        entry("maxBodyBytes", settings.limits().sizes().body()),
        entry("maxWireBytes", settings.limits().sizes().wire()),
        entry("redirects", settings.redirects().toString()),
        entry("http", settings.httpsOnly() ? "refused" : "allowed"),
        entry("httpsOnly", settings.httpsOnly() ? "on" : "off"),
        entry("authentication", Optional.ofNullable(settings.tokens())),
        entry("eventListener", Optional.ofNullable(settings.events())),
        entry("context", settings.contexts()),
        entry("tls", Optional.ofNullable(wiring.trust.sockets())),
        entry("certificatePinner", wiring.trust.pinner().getPins()),
        entry("proxy", Optional.ofNullable(wiring.net.proxy())),
        entry("dns", wiring.net.dns() == Dns.SYSTEM ? "platform" : "own"),
        entry("publicAddressesOnly", wiring.net.publicOnly() ? "on" : "off"),
        entry("protocols", wiring.net.protocols()),
        entry("interceptor", wiring.interceptors),
        entry("connectTimeout", wiring.timeouts.connect()),
        entry("readTimeout", wiring.timeouts.read()),
        entry("writeTimeout", wiring.timeouts.write()),
        entry("maxConnections", own.maxConnections()),
        entry("ownPool", Optional.empty()));
  }

  private static Map<String, Object> ofPool(PoolState pool) {
    PoolSettings settings = pool.settings;
    return Map.ofEntries(
        entry("name", settings.name()),
        entry("maxConnections", settings.maxConnections()),
        entry("maxConnectionsPerOrigin", settings.maxConnectionsPerOrigin()),
        entry("maxIdle", settings.maxIdle()),
        entry("idleTime", settings.idleTime()),
        entry("maxAge", settings.maxAge()),
        entry("maxQueue", settings.maxQueue()),
        entry("maxWait", settings.maxWait()),
        entry("tracking", settings.tracking()),
        entry("leakThreshold", settings.leakThreshold()),
        entry("timeSource", pool.clock == NanoClock.SYSTEM ? "none" : pool.clock),
        entry("lifecycleListener", Optional.ofNullable(settings.listener())));
  }

  private static Map<String, Object> ofRetry(RetryPolicy policy) {
    return Map.of(
        "maxAttempts", policy.maxAttempts(),
        "backOff", policy.backOff(),
        "throttledBackOff", policy.throttledBackOff(),
        "maxBackOff", policy.maxBackOff(),
        "retryOnStatus", Optional.empty(),
        "retryIf", Optional.empty(),
        "budget", String.valueOf(policy.budget),
        "withoutBudget", Optional.empty());
  }

  private static Map<String, Object> ofBreaker(CircuitBreakerPolicy policy) {
    return Map.of(
        "failureRate", policy.failureRate(),
        "window", policy.window(),
        "minimumAttempts", policy.minimumAttempts(),
        "openFor", policy.openFor(),
        "halfOpenAttempts", policy.halfOpenAttempts());
  }

  /** As the table says it: {@code 30 s}, {@code 1,000}, {@code none} for what is empty. */
  private static String text(Object value) {
    if (value instanceof Duration time) {
      return time.toHours() > 0
          ? time.toHours() + " h"
          : time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
    String text =
        value instanceof Number number
            ? String.format(Locale.ROOT, "%,d", number.longValue())
            : value.toString().replaceAll("Optional.empty|[\\[\\]{}]", "");
    return text.isEmpty() ? "none" : text;
  }
}
