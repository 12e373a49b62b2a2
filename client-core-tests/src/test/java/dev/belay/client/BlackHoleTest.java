package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.belay.testkit.Answer;
import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hosts with several addresses, 127.0.0.x on one port, some of which nobody can connect to. */
@NoLeaks
@Tag("alone")
class BlackHoleTest {
  private static final Duration CONNECT = Duration.ofMillis(500);
  private static final int ROUNDS = 3;
  private static final int CONNECTIONS = 20;

  /** The last part of each address that was connected to, by all calls of a test. */
  private final List<Integer> tried = new CopyOnWriteArrayList<>();

  private final CountDownLatch connecting = new CountDownLatch(1);

  @BeforeEach
  void only_on_linux_which_has_these_addresses_and_drops_what_a_full_queue_cannot_take() {
    assumeTrue(KernelSockets.isAvailable());
  }

  private BelayClientBuilder client() {
    return BelayClient.builder()
        .connectTimeout(CONNECT)
        .retry(RetryPolicy.none())
        .dns(BlackHoleTest::lookUp)
        .eventListener(
            call ->
                new EventListener() {
                  @Override
                  public void connectStart(Call c, InetSocketAddress address, Proxy proxy) {
                    tried.add((int) address.getAddress().getAddress()[3]);
                    connecting.countDown();
                  }
                });
  }

  /** The host {@code 2.1.test} is at 127.0.0.2 and 127.0.0.1, in this order. */
  private static List<InetAddress> lookUp(String host) throws UnknownHostException {
    List<InetAddress> addresses = new ArrayList<>();
    for (String x : host.replace(".test", "").split("\\.", -1)) {
      addresses.add(InetAddress.getByAddress(new byte[] {127, 0, 0, Byte.parseByte(x)}));
    }
    return addresses;
  }

  private static Duration call(BelayClient client, String host, int port) throws IOException {
    long start = System.nanoTime();
    String url = "http://" + host + ":" + port + "/";
    assertThat(client.send(Requests.get(url), Answers.text())).isEqualTo("ok");
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void an_address_that_swallows_everything_costs_one_connect_timeout_and_no_more()
      throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "ok").closeAfter());
        BlackHole hole = BlackHole.at(2, server.port());
        BelayClient client = client().build()) {
      assertThat(call(client, "1.test", server.port())).isPositive(); // the trust store takes time
      Duration first = call(client, "2.1.test", server.port());
      assertThat(first).isBetween(CONNECT, CONNECT.plusMillis(250));
      assertThat(tried).containsExactly(1, 2, 1);
      Duration slowest = slowestOfTheBestRound(client, server);
      assertThat(slowest).isLessThan(Duration.ofMillis(50));
      assertThat(tried.subList(3, tried.size())).containsOnly(1);
      assertThat(server.totalConnections()).isEqualTo(server.requests());
      Evidence.record(
          "2.4 first of two addresses black-holed, connect timeout 500 ms",
          "first call " + Text.of(first) + ", slowest of the next 20 " + Text.of(slowest));
      assertThat(hole).isNotNull();
    }
  }

  /** The machine may stall in one round; a black hole would cost its time in each. */
  private static Duration slowestOfTheBestRound(BelayClient client, TestServer server)
      throws IOException {
    Duration best = Duration.ofDays(1);
    for (int round = 0; round < ROUNDS; round++) {
      Duration slowest = Duration.ZERO;
      for (int i = 0; i < CONNECTIONS; i++) {
        Duration took = call(client, "2.1.test", server.port());
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
      }
      best = slowest.compareTo(best) < 0 ? slowest : best;
    }
    return best;
  }

  @Test
  void an_address_that_failed_is_tried_when_the_others_fail_and_forgiven_when_it_works()
      throws Exception {
    TestServer first = TestServer.start(r -> Answer.of(200, "ok").closeAfter());
    int port = first.port();
    HttpServer second = null;
    try (BelayClient client = client().build()) {
      assertThat(call(client, "2.1.test", port)).isPositive();
      assertThat(call(client, "2.1.test", port)).isPositive();
      assertThat(tried).containsExactly(2, 1, 1);
      first.close();
      assertThatThrownBy(() -> call(client, "2.1.test", port))
          .isInstanceOf(ConnectFailedException.class);
      second = answering(2, port);
      assertThat(call(client, "1.2.test", port)).isPositive();
      assertThat(call(client, "1.2.test", port)).isPositive();
      assertThat(call(client, "2.3.test", port)).isPositive();
      assertThat(tried).containsExactly(2, 1, 1, 1, 2, 1, 2, 2, 2);
    } finally {
      first.close();
      if (second != null) {
        second.stop(0);
      }
    }
  }

  private static HttpServer answering(int x, int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(BlackHole.loopback(x), port), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Connection", "close");
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'o', 'k'});
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void the_connect_timeout_is_for_one_address_and_the_deadline_for_all() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "ok").closeAfter());
        BlackHole two = BlackHole.at(2, server.port());
        BlackHole three = BlackHole.at(3, server.port());
        BelayClient client = client().deadline(Duration.ofMillis(700)).build()) {
      assertThat(call(client, "1.test", server.port())).isPositive(); // the trust store takes time
      DeadlineExceededException late =
          catchThrowableOfType(
              DeadlineExceededException.class, () -> call(client, "2.3.4.1.test", server.port()));
      assertThat(late.outcome()).isEqualTo(Outcome.NOT_SENT);
      assertThat(late.phase()).isEqualTo(Phase.CONNECT);
      assertThat(late.elapsed()).isBetween(Duration.ofMillis(700), Duration.ofSeconds(8));
      assertThat(tried)
          .startsWith(1, 2, 3); // OkHttp may begin with the next before it is cancelled
      assertThat(call(client, "2.3.4.1.test", server.port())).isLessThan(CONNECT);
      assertThat(tried).endsWith(4, 1);
      assertThat(List.of(two, three)).doesNotContainNull();
    }
  }

  @Test
  void a_caller_who_gives_up_says_nothing_about_the_address() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "ok").closeAfter());
        BlackHole two = BlackHole.at(2, server.port());
        BelayClient client = client().build()) {
      String url = "http://2.1.test:" + server.port() + "/";
      CompletableFuture<String> given = client.sendAsync(Requests.get(url), Answers.text());
      assertThat(connecting.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(given.cancel(true)).isTrue();
      assertThat(call(client, "2.1.test", server.port())).isGreaterThanOrEqualTo(CONNECT);
      assertThat(two).isNotNull();
    }
  }

  @Test
  void behind_a_proxy_it_is_the_address_of_the_proxy_that_failed() throws Exception {
    try (TestServer proxy = TestServer.start(r -> Answer.of(200, "ok").closeAfter());
        BlackHole two = BlackHole.at(2, proxy.port());
        BelayClient client = client().proxy(httpProxy("2.1.test", proxy.port())).build()) {
      assertThat(call(client, "5.test", 80)).isGreaterThanOrEqualTo(CONNECT);
      assertThat(call(client, "6.test", 80)).isLessThan(CONNECT);
      assertThat(tried).containsExactly(2, 1, 1);
      assertThat(two).isNotNull();
    }
  }

  private static Proxy httpProxy(String host, int port) {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }
}
