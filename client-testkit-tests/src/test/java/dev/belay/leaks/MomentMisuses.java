package dev.belay.leaks;

import com.sun.net.httpserver.HttpServer;
import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.Relay;
import dev.belay.testkit.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Leaks at times and places other than the test method itself. */
final class MomentMisuses {
  private MomentMisuses() {}

  @NoLeaks
  static final class LeaksBeforeEach {
    @BeforeEach
    void open(TestServer server) throws Exception {
      Forgotten.keep(Family.APACHE.open()).get(server.url("/x"));
    }

    @Test
    void does_nothing_wrong() {}
  }

  @NoLeaks
  static final class ClosesAfterEach {
    private final TestClient client = Family.OKHTTP.open();

    @AfterEach
    void close() throws Exception {
      client.close();
    }

    @Test
    void uses_it(TestServer server) throws Exception {
      client.get(server.url("/x"));
    }
  }

  @NoLeaks
  static class Outer {
    void leak(TestServer server) throws Exception {
      Forgotten.keep(Family.OKHTTP.open()).get(server.url("/x"));
    }

    @Test
    void does_nothing_wrong(TestServer server) throws Exception {
      try (TestClient client = Family.OKHTTP.open()) {
        client.get(server.url("/x"));
      }
    }

    @Nested
    class Inner {
      @Test
      void leaks_by_a_helper(TestServer server) throws Exception {
        leak(server);
      }
    }
  }

  @NoLeaks
  static final class Elsewhere {
    @Test
    void fails_and_leaks(TestServer server) throws Exception {
      Forgotten.keep(Family.APACHE.open()).get(server.url("/x"));
      throw new IllegalStateException("its own failure");
    }

    @Test
    void leaks_in_another_thread(TestServer server) throws Exception {
      ExecutorService other = Executors.newSingleThreadExecutor();
      try {
        other.submit(() -> Forgotten.keep(Family.APACHE.open()).get(server.url("/x"))).get();
      } finally {
        other.shutdown();
      }
    }

    @Test
    void leaks_to_a_server_of_others(Relay relay) throws Exception {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
      server.start();
      Forgotten.keep(() -> server.stop(0));
      relay.to(server.getAddress().getPort());
      Forgotten.keep(Family.OKHTTP.open()).get(relay.url("/x"));
    }

    @Test
    void keeps_what_the_server_closed(Relay relay) throws Exception {
      try (TestServer server = TestServer.start(request -> Answer.of(200, "ok"))) {
        relay.to(server.port());
        Forgotten.keep(Family.OKHTTP.open()).get(relay.url("/x"));
      }
    }
  }
}
