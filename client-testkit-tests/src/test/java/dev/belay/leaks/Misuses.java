package dev.belay.leaks;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.Relay;
import dev.belay.testkit.TestServer;
import org.junit.jupiter.api.Test;

/**
 * What can be done right and wrong with any client. These are no tests: tests run them, and want to
 * know what becomes of them.
 */
@NoLeaks
abstract class Misuses {
  private final Family family;

  Misuses(Family family) {
    this.family = family;
  }

  @Test
  void closes_the_client(TestServer server) throws Exception {
    try (TestClient client = family.open()) {
      client.get(server.url("/x"));
    }
  }

  @Test
  void forgets_the_client(TestServer server) throws Exception {
    Forgotten.keep(family.open()).get(server.url("/x"));
  }

  @Test
  void leaves_a_short_answer_unread(TestServer server) throws Exception {
    Forgotten.keep(Forgotten.keep(family.open()).open(server.url("/x")));
  }

  @Test
  void leaves_a_long_answer_unread(Relay relay) throws Exception {
    relay.to(LongAnswers.port());
    Forgotten.keep(Forgotten.keep(family.open()).open(relay.url("/long")));
  }

  @Test
  @NoLeaks.Shared(reason = "the client is one for the whole program")
  void shares_the_client(TestServer server) throws Exception {
    Forgotten.keep(family.open()).get(server.url("/x"));
  }

  @Test
  @NoLeaks.Shared(reason = "the client is one for the whole program")
  void shares_the_client_and_leaves_an_answer_unread(Relay relay) throws Exception {
    leaves_a_long_answer_unread(relay);
  }

  static final class JavaNetHttp extends Misuses {
    JavaNetHttp() {
      super(Family.JDK);
    }
  }

  static final class UrlConnection extends Misuses {
    UrlConnection() {
      super(Family.URL_CONNECTION);
    }
  }

  static final class Apache extends Misuses {
    Apache() {
      super(Family.APACHE);
    }
  }

  static final class OkHttp extends Misuses {
    OkHttp() {
      super(Family.OKHTTP);
    }
  }

  static final class SpringOnJdk extends Misuses {
    SpringOnJdk() {
      super(Family.SPRING_ON_JDK);
    }
  }

  static final class SpringOnApache extends Misuses {
    SpringOnApache() {
      super(Family.SPRING_ON_APACHE);
    }
  }

  static final class Netty extends Misuses {
    Netty() {
      super(Family.NETTY);
    }
  }
}
