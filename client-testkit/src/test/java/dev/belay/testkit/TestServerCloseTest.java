package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TestServerCloseTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static List<String> threadsOf(TestServer server) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix(server)))
        .toList();
  }

  @Test
  void close_ends_every_thread_whatever_it_is_doing() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    TestServer server = TestServer.start(TestServerCloseTest::beSlow);
    for (String path : List.of("/stall", "/late", "/slow", "/blocked", "/large", "/idle")) {
      clients.add(new RawClient(server).get(path));
    }
    server.awaitRequests(6, SOON);
    assertThat(threadsOf(server)).hasSize(7);
    server.close();
    assertThat(threadsOf(server)).isEmpty();
    assertThat(server.openConnections()).isZero();
    assertThat(server.failures()).isEmpty();
    for (RawClient client : clients) {
      client.readToEnd();
      client.close();
    }
  }

  private static Answer beSlow(Received request) throws InterruptedException {
    if (request.path().equals("/blocked")) {
      new CountDownLatch(1).await();
    }
    Duration hour = Duration.ofHours(1);
    return switch (request.path()) {
      case "/stall" -> Answer.stall();
      case "/late" -> Answer.of(200).after(hour);
      case "/slow" -> Answer.of(200, "slow").bodyDelay(hour);
      case "/large" -> Answer.of(200, "x".repeat(10_000_000));
      default -> Answer.of(200);
    };
  }

  @Test
  void a_delay_and_its_thread_end_with_the_connection() throws Exception {
    try (TestServer server =
        TestServer.start(request -> Answer.of(200).after(Duration.ofHours(1)))) {
      RawClient client = new RawClient(server).get("/");
      server.awaitRequests(1, SOON);
      Thread waiting = threadOf(server, "connection-1");
      client.close();
      waiting.join(SOON.toMillis());
      assertThat(waiting.isAlive()).isFalse();
    }
  }

  private static Thread threadOf(TestServer server, String role) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(prefix(server) + role))
        .findFirst()
        .orElseThrow();
  }

  private static String prefix(TestServer server) {
    return "belay-test-server-" + server.port() + "-";
  }

  @Test
  void a_second_close_is_harmless() {
    TestServer server = TestServer.start(request -> Answer.of(200));
    server.close();
    server.close();
    assertThat(server.failures()).isEmpty();
  }

  @Test
  void the_port_is_closed_afterwards() {
    TestServer server = TestServer.start(request -> Answer.of(200));
    server.close();
    assertThatThrownBy(() -> new RawClient(server)).isInstanceOf(ConnectException.class);
  }

  @Test
  void a_handler_may_close_its_own_server() throws Exception {
    AtomicReference<TestServer> self = new AtomicReference<>();
    try (TestServer server =
        TestServer.start(
            request -> {
              self.get().close();
              return Answer.of(200);
            })) {
      self.set(server);
      try (RawClient client = new RawClient(server)) {
        assertThat(client.get("/").readToEnd()).isEmpty();
      }
      assertThat(server.failures()).isEmpty();
    }
  }

  @Test
  void an_interrupted_thread_may_close_and_stays_interrupted() throws Exception {
    TestServer server = TestServer.start(request -> Answer.stall());
    try (RawClient client = new RawClient(server)) {
      client.get("/");
      server.awaitRequests(1, SOON);
      Thread.currentThread().interrupt();
      server.close();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void a_handler_that_ignores_its_interrupt_is_named() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestServer server =
        TestServer.start(
            request -> {
              awaitUninterruptibly(release);
              return Answer.of(200);
            });
    try (RawClient client = new RawClient(server)) {
      client.get("/");
      server.awaitRequests(1, SOON);
      server.close();
      assertThat(server.failures())
          .singleElement()
          .satisfies(
              failure -> assertThat(failure).hasMessageContaining("connection-1 did not end"));
    } finally {
      release.countDown();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // Ignored on purpose.
      }
    }
  }
}
