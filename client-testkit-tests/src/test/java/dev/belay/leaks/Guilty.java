package dev.belay.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.Relay;
import dev.belay.testkit.TestServer;
import java.io.Closeable;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Ten ways to leak, two tests each, beside two tests in the same class that do not. */
@NoLeaks
abstract class Guilty {

  static TestClient kept(Family family) {
    return Forgotten.keep(family.open());
  }

  static void leaveUnread(Family family, Relay relay) throws Exception {
    relay.to(LongAnswers.port());
    Forgotten.keep(kept(family).open(relay.url("/long")));
  }

  static void leaveIdle(Family family, TestServer server) throws Exception {
    assertThat(kept(family).get(server.url("/x"))).isEqualTo("ok");
  }

  @Test
  void is_innocent(TestServer server) throws Exception {
    try (TestClient client = Family.APACHE.open()) {
      client.get(server.url("/x"));
    }
  }

  @Test
  void is_innocent_too(TestServer server) throws Exception {
    try (TestClient client = Family.OKHTTP.open()) {
      client.get(server.url("/x"));
    }
  }

  static final class UnreadBody extends Guilty {
    @Test
    void leaks_by_apache(Relay relay) throws Exception {
      leaveUnread(Family.APACHE, relay);
    }

    @Test
    void leaks_by_url_connection(Relay relay) throws Exception {
      leaveUnread(Family.URL_CONNECTION, relay);
    }
  }

  static final class UnclosedClient extends Guilty {
    @Test
    void leaks_by_belay(TestServer server) throws Exception {
      leaveIdle(Family.BELAY, server);
    }

    @Test
    void leaks_by_spring(TestServer server) throws Exception {
      leaveIdle(Family.SPRING_ON_APACHE, server);
    }
  }

  /** Shuts down what OkHttp runs on, or closes what it read; the connections stay. */
  static final class IdleConnection extends Guilty {
    @Test
    void leaks_by_okhttp(TestServer server) throws Exception {
      OkHttpTestClient client = (OkHttpTestClient) kept(Family.OKHTTP);
      client.get(server.url("/x"));
      client.client().dispatcher().executorService().shutdown();
    }

    @Test
    void leaks_by_netty(TestServer server) throws Exception {
      leaveIdle(Family.NETTY, server);
    }
  }

  /** Who waits is cancelled, and not what he waits for. */
  static final class CancelledButNotClosed extends Guilty {
    @Test
    void leaks_by_java_net_http(Relay relay) throws Exception {
      relay.to(LongAnswers.port());
      JdkClient client = (JdkClient) kept(Family.JDK);
      Future<Closeable> body =
          client
              .client()
              .sendAsync(JdkClient.request(relay.url("/long")), BodyHandlers.ofInputStream())
              .thenApply(response -> Forgotten.keep((Closeable) response.body()));
      body.get(); // a cancel before that would end the exchange
      body.cancel(true);
    }

    @Test
    void leaks_by_apache(Relay relay) throws Exception {
      ExecutorService worker = Executors.newSingleThreadExecutor();
      CountDownLatch answered = new CountDownLatch(1);
      try {
        Future<Void> task =
            worker.submit(
                () -> {
                  leaveUnread(Family.APACHE, relay);
                  answered.countDown();
                  new CountDownLatch(1).await();
                  return null;
                });
        answered.await();
        task.cancel(true);
      } finally {
        worker.shutdown();
      }
    }
  }

  static final class InBeforeEach extends Guilty {
    @BeforeEach
    void leak(TestInfo test, TestServer server) throws Exception {
      String name = test.getTestMethod().orElseThrow().getName();
      if (name.startsWith("leaks")) {
        leaveIdle(name.endsWith("okhttp") ? Family.OKHTTP : Family.APACHE, server);
      }
    }

    @Test
    void leaks_by_okhttp() {}

    @Test
    void leaks_by_apache() {}
  }

  static final class InAnotherThread extends Guilty {
    private static void inAnotherThread(Family family, TestServer server) throws Exception {
      ExecutorService other = Executors.newSingleThreadExecutor();
      try {
        other.submit(() -> kept(family).get(server.url("/x"))).get();
      } finally {
        other.shutdown();
      }
    }

    @Test
    void leaks_by_okhttp(TestServer server) throws Exception {
      inAnotherThread(Family.OKHTTP, server);
    }

    @Test
    void leaks_by_netty(TestServer server) throws Exception {
      inAnotherThread(Family.NETTY, server);
    }
  }

  static final class AfterAFailure extends Guilty {
    @Test
    void leaks_by_apache(TestServer server) throws Exception {
      leaveIdle(Family.APACHE, server);
      assertThat(server.requests()).as("its own failure").isEqualTo(2);
    }

    @Test
    void leaks_by_belay(Relay relay) throws Exception {
      leaveUnread(Family.BELAY, relay);
      throw new IllegalStateException("its own failure");
    }
  }

  static final class UsedAfterItsClose extends Guilty {
    private static void useAfterItsClose(Family family, TestServer server) throws Exception {
      TestClient client = kept(family);
      client.get(server.url("/x"));
      client.close();
      client.get(server.url("/again"));
    }

    @Test
    void leaks_by_okhttp(TestServer server) throws Exception {
      useAfterItsClose(Family.OKHTTP, server);
    }

    @Test
    void leaks_by_netty(TestServer server) throws Exception {
      useAfterItsClose(Family.NETTY, server);
    }
  }

  static class ByAHelper extends Guilty {
    @Nested
    class InANestedClass {
      @Test
      void leaks_by_java_net_http(Relay relay) throws Exception {
        leaveUnread(Family.JDK, relay);
      }

      @Test
      void leaks_by_spring(TestServer server) throws Exception {
        leaveIdle(Family.SPRING_ON_APACHE, server);
      }
    }
  }

  static final class ThroughARelay extends Guilty {
    @Test
    void leaks_by_okhttp(Relay relay) throws Exception {
      relay.to(LongAnswers.port());
      kept(Family.OKHTTP).get(relay.url("/x"));
    }

    @Test
    void leaks_by_url_connection(Relay relay) throws Exception {
      leaveUnread(Family.URL_CONNECTION, relay);
    }
  }
}
