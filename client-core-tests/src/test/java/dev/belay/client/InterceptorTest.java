package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NoLeaks
class InterceptorTest {
  @Test
  void an_inner_call_of_okhttp_without_a_ledger_entry_is_refused(TestServer server) {
    try (BoundedPool pool = BoundedPool.builder().build()) {
      OkHttpClient inner = ((Transport) pool.state().crew).template();
      assertThatThrownBy(() -> inner.newCall(Requests.get(server)).execute())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not in the ledger");
      assertThat(server.totalConnections()).isZero();
    }
  }

  @Test
  void a_foreign_connection_pool_has_no_way_in(TestServer server) {
    ConnectionPool foreign = new ConnectionPool(5, 1, TimeUnit.MINUTES);
    expectRefusal(
        server, chain -> chain.withConnectionPool(foreign).proceed(chain.request()), "pool");
    assertThat(foreign.connectionCount()).isZero();
    assertThat(BelayClientBuilder.class.getMethods())
        .noneMatch(InterceptorTest::takesConnectionPool);
  }

  private static boolean takesConnectionPool(Method method) {
    return Arrays.asList(method.getParameterTypes()).contains(ConnectionPool.class);
  }

  @Test
  void a_foreign_socket_factory_has_no_way_in(TestServer server) {
    expectRefusal(
        server,
        chain -> chain.withSocketFactory(SocketFactory.getDefault()).proceed(chain.request()),
        "socket factory");
  }

  @Test
  void a_proxy_whose_sockets_nobody_counts_has_no_way_in(TestServer server) {
    try (TestServer socks = TestServer.start(r -> Answer.stall())) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), socks.port());
      Proxy uncounted = new Proxy(Proxy.Type.SOCKS, address);
      ProxySelector selector = ProxySelector.of(address);
      expectRefusal(server, chain -> chain.withProxy(uncounted).proceed(chain.request()), "proxy");
      expectRefusal(
          server,
          chain -> chain.withProxy(null).withProxySelector(selector).proceed(chain.request()),
          "proxy");
      assertThat(socks.totalConnections()).isZero();
    }
  }

  @Test
  void the_replays_of_okhttp_cannot_be_switched_on(TestServer server) {
    expectRefusal(
        server,
        chain -> chain.withRetryOnConnectionFailure(true).proceed(chain.request()),
        "replay");
  }

  private static void expectRefusal(TestServer server, Interceptor interceptor, String part) {
    try (BelayClient client = BelayClient.builder().interceptor(interceptor).build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOf(CallFailedException.class)
          .rootCause()
          .hasMessageContaining("interceptor replaced the")
          .hasMessageContaining(part);
      assertThat(server.totalConnections()).isZero();
    }
  }

  @Test
  void it_sees_every_attempt(TestServer server) throws IOException {
    Interceptor adding =
        chain -> chain.proceed(chain.request().newBuilder().header("Added", "yes").build());
    try (BelayClient client = BelayClient.builder().interceptor(adding).build()) {
      assertThat(
              client.<@Nullable String>send(Requests.get(server), r -> r.request().header("Added")))
          .isEqualTo("yes");
    }
  }

  @Test
  void its_own_exceptions_reach_the_caller_as_they_are(TestServer server) {
    for (Exception mine : List.of(new UnsupportedOperationException(), new IOException("mine"))) {
      Interceptor failing =
          chain -> {
            throw sneaky(mine);
          };
      try (BelayClient client = BelayClient.builder().interceptor(failing).build()) {
        assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text())).isSameAs(mine);
        assertThat(client.snapshot().open()).isZero();
      }
    }
  }

  private static IOException sneaky(Exception mine) {
    if (mine instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    return (IOException) mine;
  }

  /** Nothing of the other call was sent; of this one everything was. */
  @Test
  void another_call_that_failed_in_it_repeats_nothing(TestServer server) throws Exception {
    TestServer gone = TestServer.start(r -> Answer.of(200, ""));
    gone.close();
    try (BelayClient other = BelayClient.builder().retry(RetryPolicy.none()).build();
        BelayClient client =
            BelayClient.builder()
                .interceptor(
                    chain -> {
                      chain.proceed(chain.request()).close();
                      throw failure(other, gone);
                    })
                .build()) {
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.text()))
          .isInstanceOf(ConnectFailedException.class);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  private static CallFailedException failure(BelayClient client, TestServer gone) {
    return catchThrowableOfType(
        CallFailedException.class, () -> client.send(Requests.get(gone), Answers.text()));
  }
}
