package dev.belay.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.Relay;
import dev.belay.testkit.TestServer;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** What is right to do with any client: 20 tests a client. */
@NoLeaks
abstract class Innocent {
  private final Family family;
  private final List<Closeable> afterEach = new ArrayList<>();

  Innocent(Family family) {
    this.family = family;
  }

  @AfterEach
  void close_what_the_test_used() throws Exception {
    for (Closeable used : afterEach) {
      used.close();
    }
  }

  private void use(Use use) throws Exception {
    try (TestClient client = family.open()) {
      use.of(client);
    }
  }

  @RepeatedTest(2)
  void reads_an_answer(TestServer server) throws Exception {
    use(client -> assertThat(client.get(server.url("/x"))).isEqualTo("ok"));
  }

  @RepeatedTest(2)
  void reads_three_answers(TestServer server) throws Exception {
    use(
        client -> {
          for (int i = 0; i < 3; i++) {
            assertThat(client.get(server.url("/" + i))).isEqualTo("ok");
          }
        });
  }

  @RepeatedTest(2)
  void closes_an_answer_that_it_did_not_read(TestServer server) throws Exception {
    use(client -> client.open(server.url("/x")).close());
  }

  @RepeatedTest(2)
  void closes_a_long_answer_that_it_did_not_read(Relay relay) throws Exception {
    relay.to(LongAnswers.port());
    use(client -> client.open(relay.url("/long")).close());
  }

  @RepeatedTest(2)
  void closes_its_client_after_each_test(TestServer server) throws Exception {
    TestClient client = family.open();
    afterEach.add(client);
    assertThat(client.get(server.url("/x"))).isEqualTo("ok");
  }

  @RepeatedTest(2)
  void has_two_clients(TestServer server) throws Exception {
    use(
        one ->
            use(two -> assertThat(one.get(server.url("/"))).isEqualTo(two.get(server.url("/")))));
  }

  @RepeatedTest(2)
  void sends_from_another_thread(TestServer server) throws Exception {
    use(
        client ->
            CompletableFuture.runAsync(() -> Use.quietly(() -> client.get(server.url("/x"))))
                .join());
  }

  @RepeatedTest(2)
  void goes_through_a_relay(Relay relay) throws Exception {
    relay.to(LongAnswers.port());
    use(client -> assertThat(client.get(relay.url("/x"))).isEqualTo("ok"));
  }

  @RepeatedTest(2)
  void closes_its_client_after_a_failure(TestServer server) throws Exception {
    try {
      use(
          client -> {
            client.get(server.url("/x"));
            throw new IllegalStateException("caught");
          });
    } catch (IllegalStateException caught) {
      assertThat(caught).hasMessage("caught");
    }
  }

  @RepeatedTest(2)
  void makes_a_client_that_it_does_not_use(TestServer server) throws Exception {
    use(client -> assertThat(server.openConnections()).isZero());
  }

  /** What a test does with a client. */
  interface Use {
    void of(TestClient client) throws Exception;

    static <T> T quietly(Callable<T> action) {
      try {
        return action.call();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static final class WithJavaNetHttp extends Innocent {
    WithJavaNetHttp() {
      super(Family.JDK);
    }
  }

  static final class WithUrlConnection extends Innocent {
    WithUrlConnection() {
      super(Family.URL_CONNECTION);
    }
  }

  static final class WithApache extends Innocent {
    WithApache() {
      super(Family.APACHE);
    }
  }

  static final class WithOkHttp extends Innocent {
    WithOkHttp() {
      super(Family.OKHTTP);
    }
  }

  static final class WithSpringOnJdk extends Innocent {
    WithSpringOnJdk() {
      super(Family.SPRING_ON_JDK);
    }
  }

  static final class WithSpringOnApache extends Innocent {
    WithSpringOnApache() {
      super(Family.SPRING_ON_APACHE);
    }
  }

  static final class WithNetty extends Innocent {
    WithNetty() {
      super(Family.NETTY);
    }
  }

  static final class WithBelay extends Innocent {
    WithBelay() {
      super(Family.BELAY);
    }
  }
}
