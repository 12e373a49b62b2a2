package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The proxies of the system, which every test puts back. */
@NoLeaks
class ProxySelectionTest {
  private static final List<String> PROPERTIES =
      List.of("socksProxyHost", "socksProxyPort", "http.proxyHost", "http.proxyPort", "proxyHost");

  private final ProxySelector before = ProxySelector.getDefault();
  private final Map<String, String> properties = new TreeMap<>();

  ProxySelectionTest() {
    for (String name : PROPERTIES) {
      String value = System.clearProperty(name);
      if (value != null) {
        properties.put(name, value);
      }
    }
  }

  @AfterEach
  void put_everything_back() {
    PROPERTIES.forEach(System::clearProperty);
    properties.forEach(System::setProperty);
    ProxySelector.setDefault(before);
  }

  /** Answers what its test says, and remembers what it was asked for. */
  private static final class Selector extends ProxySelector {
    private final List<Proxy> answer;
    final List<URI> asked = new CopyOnWriteArrayList<>();

    Selector(Proxy... answer) {
      this.answer = List.of(answer);
    }

    @Override
    public List<Proxy> select(URI uri) {
      asked.add(uri);
      return answer;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
      throw new AssertionError("nobody tells it");
    }
  }

  private static Proxy proxy(Proxy.Type type, int port) {
    return new Proxy(type, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** A host that no list of exceptions names, at 127.0.0.1. */
  private static String url(TestServer server) {
    return "http://origin.test:" + server.port() + "/";
  }

  private static List<InetAddress> lookUp(String host) throws UnknownHostException {
    return List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
  }

  private static BelayClientBuilder client() {
    return BelayClient.builder().dns(ProxySelectionTest::lookUp);
  }

  private static ConnectFailedException failureOf(BelayClient client, TestServer server) {
    return catchThrowableOfType(
        ConnectFailedException.class, () -> client.send(Requests.get(url(server)), Answers.text()));
  }

  @Test
  void a_socks_proxy_of_the_system_properties_is_refused_once_and_the_remedy_works(
      TestServer server) throws IOException {
    try (TestServer socks = TestServer.start(r -> null);
        BelayClient refused = client().build();
        BelayClient direct = client().proxy(Proxy.NO_PROXY).build()) {
      System.setProperty("socksProxyHost", "127.0.0.1");
      System.setProperty("socksProxyPort", "" + socks.port());
      ConnectFailedException failure = failureOf(refused, server);
      expectRefusal(failure);
      assertThat(refused.snapshot().open()).isZero();
      assertThat(direct.send(Requests.get(url(server)), Answers.text())).isEqualTo("ok");
      assertThat(socks.totalConnections()).isZero();
      assertThat(server.totalConnections()).isEqualTo(1);
      Evidence.record(
          "SOCKS of the system properties is refused",
          failure.outcome() + ", " + failure.attempts() + " attempt, 0 sockets to it");
    }
  }

  private static void expectRefusal(ConnectFailedException failure) {
    assertThat(failure).hasMessageContaining("SOCKS").hasMessageContaining("Proxy.NO_PROXY");
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_SENT);
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(failure.getSuppressed()).isEmpty();
  }

  @Test
  void a_socks_proxy_of_the_default_selector_is_refused_though_others_follow(TestServer server)
      throws Exception {
    try (TestServer socks = TestServer.start(r -> null);
        BelayClient client = client().build()) {
      Selector selector = new Selector(proxy(Proxy.Type.SOCKS, socks.port()), Proxy.NO_PROXY);
      ProxySelector.setDefault(selector);
      expectRefusal(failureOf(client, server));
      ExecutionException later =
          catchThrowableOfType(
              ExecutionException.class,
              () ->
                  client
                      .sendAsync(Requests.get(url(server)), Answers.text())
                      .get(5, TimeUnit.SECONDS));
      expectRefusal((ConnectFailedException) later.getCause());
      assertThat(selector.asked).hasSize(2);
      assertThat(socks.totalConnections() + server.totalConnections()).isZero();
    }
  }

  @Test
  void the_first_proxy_is_used_for_every_connection_that_is_made(TestServer server)
      throws IOException {
    try (TestServer proxy = TestServer.start(r -> Answer.of(200, r.path()));
        BelayClient client = client().build()) {
      Selector selector = new Selector(proxy(Proxy.Type.HTTP, proxy.port()), Proxy.NO_PROXY);
      ProxySelector.setDefault(selector);
      for (int i = 0; i < 3; i++) {
        String seen = client.send(Requests.get(url(server) + i), Answers.text());
        assertThat(seen).isEqualTo(url(server) + i);
      }
      assertThat(selector.asked).containsExactly(URI.create(url(server)));
      assertThat(proxy.totalConnections()).isEqualTo(1);
      assertThat(server.totalConnections()).isZero();
    }
  }

  @Test
  void no_other_is_tried_when_the_first_cannot_be_reached(TestServer server) {
    TestServer gone = TestServer.start(r -> null);
    gone.close();
    try (BelayClient client = client().build()) {
      Selector selector = new Selector(proxy(Proxy.Type.HTTP, gone.port()), Proxy.NO_PROXY);
      ProxySelector.setDefault(selector);
      ConnectFailedException failure = failureOf(client, server);
      assertThat(failure.outcome()).isEqualTo(Outcome.NOT_SENT);
      assertThat(failure.attempts()).isEqualTo(3);
      assertThat(selector.asked).hasSize(3);
      assertThat(server.totalConnections()).isZero();
    }
  }

  @Test
  void a_selector_that_finds_none_means_none(TestServer server) throws IOException {
    for (ProxySelector none : new ProxySelector[] {null, new Selector()}) {
      ProxySelector.setDefault(none);
      try (BelayClient client = client().build()) {
        assertThat(client.send(Requests.get(url(server)), Answers.text())).isEqualTo("ok");
      }
    }
  }
}
