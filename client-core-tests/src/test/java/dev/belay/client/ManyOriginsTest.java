package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Four origins share ten connections; answers take 1 to 20 ms. */
@NoLeaks
@Tag("alone")
class ManyOriginsTest {
  private static final int CAP = 10;
  private static final int CALLERS = 16;
  private static final int CALLS = 800;
  private static final int MOST_ROUNDS = 3;

  /** What is left where others want the processors as well. */
  private static final double ON_BUSY_MACHINE = 0.5;

  private static final double BUSY = 0.2;

  private final AtomicInteger numbers = new AtomicInteger();
  private final List<TestServer> servers = new ArrayList<>();

  @BeforeEach
  void start() {
    for (int i = 0; i < 4; i++) {
      servers.add(TestServer.start(r -> answer()));
    }
  }

  @AfterEach
  void stop() {
    servers.forEach(TestServer::close);
  }

  private Answer answer() {
    int millis = 1 + Math.floorMod(numbers.getAndIncrement() * 7, 20);
    return Answer.of(200, "ok").after(Duration.ofMillis(millis));
  }

  /**
   * The pool without hand-over is Apache's: who waits gets whatever becomes free, and closes it if
   * it leads elsewhere. With twenty connections for sixteen callers it has to do so seldom.
   */
  @Test
  void ten_connections_are_passed_on_and_not_opened_again_for_every_second_call() throws Exception {
    OriginCallers callers = new OriginCallers(CALLERS, urls(servers));
    int withoutHandOver = openedByApache(callers, 2 * CAP);
    OtherLoad others = new OtherLoad();
    int opened = 0;
    double ratio = 0;
    for (int round = 0; round < MOST_ROUNDS && ratio < 0.9; round++) {
      double before = apacheRate(callers, CAP);
      try (BelayClient client = BelayClient.builder().maxConnections(CAP).build()) {
        int sockets = connections();
        double rate = callers.rate(CALLS, url -> send(client, url));
        opened = Math.max(opened, connections() - sockets);
        ratio = Math.max(ratio, rate * 2 / (before + apacheRate(callers, CAP)));
      }
    }
    double busy = others.processors();
    record("4.1 four origins, cap 10: sockets opened in 800 calls", "%d", opened);
    record("4.1 the same by Apache HttpClient 5 with 20 connections", "%d", withoutHandOver);
    record("4.1 throughput against Apache HttpClient 5 with 10 connections", "%.3f", ratio);
    record("4.1 processors that others took meanwhile", "%.2f", busy);
    assertThat(opened).isLessThanOrEqualTo(withoutHandOver * 3 / 2);
    assertThat(ratio).isGreaterThanOrEqualTo(busy < BUSY ? 0.9 : ON_BUSY_MACHINE);
  }

  private static List<String> urls(List<TestServer> of) {
    return of.stream().map(server -> server.url("/get")).toList();
  }

  private int connections() {
    return servers.stream().mapToInt(TestServer::totalConnections).sum();
  }

  private static void send(BelayClient client, String url) throws IOException {
    assertThat(client.send(Requests.get(url), Answers.text())).isEqualTo("ok");
  }

  private int openedByApache(OriginCallers callers, int most) throws Exception {
    int before = connections();
    double unused = apacheRate(callers, most);
    return connections() - before;
  }

  private static double apacheRate(OriginCallers callers, int most) throws Exception {
    var pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(most)
            .setMaxConnPerRoute(most)
            .build();
    try (CloseableHttpClient client = HttpClients.custom().setConnectionManager(pool).build()) {
      return callers.rate(
          CALLS,
          url -> {
            String text =
                client.execute(
                    new HttpGet(url), answer -> EntityUtils.toString(answer.getEntity()));
            assertThat(text).isEqualTo("ok");
          });
    }
  }

  @Test
  void origins_that_fail_leave_the_others_their_throughput() throws Exception {
    OriginCallers good = new OriginCallers(CALLERS, urls(servers.subList(0, 2)));
    List<String> bad = List.of("http://127.0.0.1:" + portOfNobody() + "/", tls(servers.get(2)));
    try (BelayClient client = BelayClient.builder().maxConnections(CAP).build()) {
      OtherLoad others = new OtherLoad();
      AtomicInteger failed = new AtomicInteger();
      double ratio = 0;
      for (int round = 0; round < MOST_ROUNDS && ratio < 0.8; round++) {
        double before = good.rate(CALLS, url -> send(client, url));
        double rate = rateBeside(good, bad, client, failed);
        ratio = Math.max(ratio, rate * 2 / (before + good.rate(CALLS, url -> send(client, url))));
      }
      double busy = others.processors();
      record("4.1 throughput beside an origin that refuses and one without TLS", "%.3f", ratio);
      record("4.1 calls to these that failed meanwhile", "%d", failed.get());
      assertThat(failed).hasPositiveValue();
      assertThat(ratio).isGreaterThanOrEqualTo(busy < BUSY ? 0.8 : ON_BUSY_MACHINE);
    }
  }

  private static String tls(TestServer server) {
    return server.url("/get").replace("http:", "https:");
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket bound = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return bound.getLocalPort();
    }
  }

  /**
   * Two callers call each of the bad ones, again and again, while the others call the good ones.
   */
  private static double rateBeside(
      OriginCallers good, List<String> bad, BelayClient client, AtomicInteger failed)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2 * bad.size());
    try {
      for (int i = 0; i < 2 * bad.size(); i++) {
        String url = bad.get(i % bad.size());
        threads.execute(() -> failUntil(over, client, url, failed));
      }
      return good.rate(CALLS, url -> send(client, url));
    } finally {
      over.set(true);
      threads.shutdown();
      assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void failUntil(
      AtomicBoolean over, BelayClient client, String url, AtomicInteger failed) {
    while (!over.get()) {
      try {
        client.send(Requests.get(url), Answers.discard());
      } catch (IOException e) {
        failed.incrementAndGet();
      }
    }
  }

  private static void record(String line, String format, Object value) throws IOException {
    Evidence.record(line, String.format(Locale.ROOT, format, value));
  }
}
