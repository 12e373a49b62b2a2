package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NoLeaks
class PublicAddressesOnlyTest {
  private static void expectRefusal(BelayClientBuilder builder, TestServer server, Request request)
      throws IOException {
    try (BelayClient client = builder.publicAddressesOnly().build()) {
      assertThatThrownBy(() -> client.send(request, Answers.text()))
          .isInstanceOfSatisfying(
              ConnectFailedException.class,
              e -> {
                assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT);
                assertThat(e.phase()).isEqualTo(Phase.DNS);
                assertThat(e.attempts()).isEqualTo(1);
                assertThat(e)
                    .hasMessageContaining("publicAddressesOnly()")
                    .hasMessageContaining(request.url().host());
              });
      assertThat(client.snapshot().open()).isZero();
    }
    assertThat(server.totalConnections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0"})
  void an_address_in_a_url_is_looked_at(String host, TestServer server) throws IOException {
    String url = "http://" + host + ":" + server.port() + "/";
    expectRefusal(BelayClient.builder(), server, Requests.get(url));
  }

  @Test
  void what_is_looked_at_is_what_is_connected_to(TestServer server) throws Exception {
    InetAddress outside = InetAddress.getByName("8.8.8.8");
    InetAddress inside = InetAddress.getLoopbackAddress();
    AtomicInteger asked = new AtomicInteger();
    Dns rebinding = host -> List.of(asked.getAndIncrement() == 0 ? outside : inside);
    Wiring.Net net =
        new Wiring.Net(Proxy.NO_PROXY, rebinding, Wiring.DEFAULT.net.protocols(), true);
    Wiring wiring = new Wiring(Wiring.DEFAULT.trust, net, List.of(), Wiring.DEFAULT.timeouts);
    Route route = new Route(Origin.of(HttpUrl.get("http://some.test/")), wiring);
    try (BoundedPool pool = BoundedPool.builder().build()) {
      Target target = Target.of(route, new Inquiry(), pool.state().crew.resolver());
      assertThat(target.addresses()).containsExactly(outside);
      assertThat(asked).hasValue(1);
    }
    Request request = Requests.get("http://some.test:" + server.port() + "/");
    expectRefusal(BelayClient.builder().dns(rebinding), server, request);
  }

  @Test
  void a_host_with_others_as_well_is_connected_to_by_these() throws Exception {
    InetAddress outside = InetAddress.getByName("2606:4700::1111");
    Dns both = host -> List.of(InetAddress.getLoopbackAddress(), outside);
    assertThat(PublicAddresses.of(both.lookup("some.test"), "some.test")).containsExactly(outside);
  }

  @Test
  void a_connection_of_another_client_is_not_used(TestServer server) throws IOException {
    try (BoundedPool pool = BoundedPool.builder().build();
        BelayClient open = BelayClient.builder(pool).build();
        BelayClient careful = BelayClient.builder(pool).publicAddressesOnly().build()) {
      assertThat(open.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      assertThatThrownBy(() -> careful.send(Requests.get(server), Answers.text()))
          .isInstanceOf(ConnectFailedException.class);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void a_proxy_contradicts_it(TestServer server) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    Proxy proxy = new Proxy(Proxy.Type.HTTP, address);
    BelayClientBuilder builder = BelayClient.builder().publicAddressesOnly();
    assertThatThrownBy(() -> builder.proxy(proxy).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("publicAddressesOnly() contradicts proxy");
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(ProxySelector.of(address));
    try {
      expectRefusal(BelayClient.builder(), server, Requests.get("http://some.test/"));
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @Test
  void an_interceptor_cannot_lead_elsewhere(TestServer server) throws Exception {
    Dns inside = host -> List.of(InetAddress.getLoopbackAddress());
    expectGuarded(server, chain -> chain.withDns(inside).proceed(chain.request()), "Dns");
    expectGuarded(server, chain -> chain.proceed(Requests.get(server)), "origin");
  }

  /** The refusal comes before any connection is made. */
  private static void expectGuarded(TestServer server, Interceptor interceptor, String part)
      throws UnknownHostException {
    InetAddress outside = InetAddress.getByName("8.8.8.8");
    try (BelayClient client =
        BelayClient.builder()
            .publicAddressesOnly()
            .dns(host -> List.of(outside))
            .interceptor(interceptor)
            .build()) {
      assertThatThrownBy(() -> client.send(Requests.get("http://some.test/"), Answers.text()))
          .isInstanceOf(CallFailedException.class)
          .rootCause()
          .hasMessageContaining("interceptor replaced the " + part);
      assertThat(server.totalConnections()).isZero();
    }
  }
}
