package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.Protocol;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every message names the setting and its value. */
class RefusedSettingsTest {
  private static final Duration NEGATIVE = Duration.ofSeconds(-1);

  @TestFactory
  List<DynamicTest> illegal_values_are_refused_by_name() {
    Map<String, ThrowingCallable> settings =
        Map.ofEntries(
            Map.entry("maxConnections -1 0", () -> pool().maxConnections(0)),
            Map.entry("maxConnectionsPerOrigin 0", () -> pool().maxConnectionsPerOrigin(0)),
            Map.entry("leakThreshold PT-1S", () -> pool().leakThreshold(NEGATIVE)),
            Map.entry("maxIdle -1", () -> pool().maxIdle(-1)),
            Map.entry("idleTime PT-1S", () -> pool().idleTime(NEGATIVE)),
            Map.entry("maxAge PT-1S", () -> pool().maxAge(NEGATIVE)),
            Map.entry("maxWait PT-1S", () -> pool().maxWait(NEGATIVE)),
            Map.entry("maxQueue -1", () -> pool().maxQueue(-1)),
            Map.entry("deadline PT-1S", () -> client().deadline(NEGATIVE)),
            Map.entry("connectTimeout PT-1S", () -> client().connectTimeout(NEGATIVE)),
            Map.entry("readTimeout PT-1S", () -> client().readTimeout(NEGATIVE)),
            Map.entry("writeTimeout PT-1S", () -> client().writeTimeout(NEGATIVE)),
            Map.entry("maxCallsInFlight 0", () -> client().maxCallsInFlight(0)),
            Map.entry("maxConcurrentAttempts 0", () -> client().maxConcurrentAttempts(0)),
            Map.entry("maxBodyBytes -1", () -> client().maxBodyBytes(-1)),
            Map.entry("maxAttempts 0", () -> RetryPolicy.builder().maxAttempts(0)),
            Map.entry("backOff PT-1S", () -> RetryPolicy.builder().backOff(NEGATIVE)),
            Map.entry("permits 0", () -> RateLimit.perSecond(0)),
            Map.entry("period PT-1S", () -> RateLimit.of(1, NEGATIVE)),
            Map.entry("failureRate 0", () -> CircuitBreakerPolicy.builder().failureRate(0)),
            Map.entry("failureRate 101", () -> CircuitBreakerPolicy.builder().failureRate(101)),
            Map.entry("window 0", () -> CircuitBreakerPolicy.builder().window(0)),
            Map.entry("minimumAttempts 0", () -> CircuitBreakerPolicy.builder().minimumAttempts(0)),
            Map.entry("openFor PT-1S", () -> CircuitBreakerPolicy.builder().openFor(NEGATIVE)),
            Map.entry(
                "halfOpenAttempts 0", () -> CircuitBreakerPolicy.builder().halfOpenAttempts(0)),
            Map.entry("protocols h2", () -> client().protocols(List.of(Protocol.HTTP_2))));
    return settings.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> refused(e.getKey(), e.getValue())))
        .toList();
  }

  private static void refused(String nameAndValue, ThrowingCallable setting) {
    String[] words = nameAndValue.split(" ", -1);
    assertThatThrownBy(setting)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words[0])
        .hasMessageContaining(words[words.length - 1]);
  }

  @Test
  void more_attempts_than_count_are_refused() {
    assertThatThrownBy(() -> CircuitBreakerPolicy.builder().window(10).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("minimumAttempts (20) exceeds window (10)");
  }

  @Test
  void more_idle_connections_than_the_cap_are_refused() {
    assertThatThrownBy(() -> pool().maxConnections(3).maxIdle(4).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("maxIdle (4) exceeds maxConnections (3)");
    assertThatThrownBy(() -> pool().maxConnections(3).maxConnectionsPerOrigin(4).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("maxConnectionsPerOrigin (4) exceeds maxConnections (3)");
    assertThatThrownBy(() -> client().maxConnections(3).ownPool(p -> p.maxIdle(4)).build())
        .hasMessage("maxIdle (4) exceeds maxConnections (3)");
  }

  @Test
  void http_and_https_only_contradict_each_other() {
    assertThatThrownBy(() -> client().http().httpsOnly().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("httpsOnly()")
        .hasMessageContaining("http()");
    assertThatThrownBy(
            () -> client().httpsOnly().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("h2_prior_knowledge");
  }

  @Test
  void a_client_that_borrows_a_pool_cannot_change_it() {
    try (BoundedPool pool = pool().name("shared").build()) {
      assertThatThrownBy(() -> BelayClient.builder(pool).maxConnections(7).build())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("maxConnections (7)")
          .hasMessageContaining("pool 'shared'");
    }
  }

  @Test
  void a_back_off_beyond_its_maximum_is_refused() {
    RetryPolicyBuilder policy =
        RetryPolicy.builder().backOff(Duration.ofSeconds(3)).maxBackOff(Duration.ofSeconds(2));
    assertThatThrownBy(policy::build).hasMessage("backOff (3000 ms) exceeds maxBackOff (2000 ms)");
  }

  @Test
  void a_socks_proxy_is_refused() {
    Proxy socks = new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("host", 1080));
    assertThatThrownBy(() -> client().proxy(socks))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SOCKS");
  }

  @Test
  void a_secret_is_in_no_message_and_no_to_string() {
    assertThatThrownBy(() -> client().secretHeader("token", "s3cret\nx"))
        .hasMessageContaining("token")
        .hasMessageContaining("index 6")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> client().secretHeader("token", "  ")).hasMessageContaining("blank");
    assertThatThrownBy(() -> client().secretQueryParameter("key", "s3cret\n"))
        .hasMessage("secretQueryParameter key has a control character, at index 6");
    assertThatThrownBy(() -> client().secretQueryParameter(" ", "s3cret"))
        .hasMessageContaining("secretQueryParameter must not be blank");
    assertThatThrownBy(() -> client().secret("s3c\0ret"))
        .hasMessage("secret has a control character, at index 3");
    assertThatThrownBy(() -> client().secret("s3c"))
        .hasMessageContaining("at least 4")
        .hasMessageNotContaining("s3c");
    BelayClientBuilder builder =
        client().secretHeader("X-Mine", "s3cret").header("Authorization", "Bearer s3cret");
    try (BelayClient client = builder.header("Plain", "shown").build()) {
      assertThat(client.toString()).contains("X-Mine=***", "Plain=shown").doesNotContain("s3cret");
    }
  }

  private static BoundedPoolBuilder pool() {
    return BoundedPool.builder();
  }

  private static BelayClientBuilder client() {
    return BelayClient.builder();
  }
}
