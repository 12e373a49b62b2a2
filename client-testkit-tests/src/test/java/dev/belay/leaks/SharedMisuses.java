package dev.belay.leaks;

import dev.belay.client.Answers;
import dev.belay.client.BelayClient;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients of a whole class, and what becomes of the class. */
final class SharedMisuses {
  private SharedMisuses() {}

  @NoLeaks
  @NoLeaks.Shared(reason = "one client for all tests of the class")
  static final class ClosesTheClientOfTheClass {
    private static final TestClient CLIENT = Family.APACHE.open();

    @AfterAll
    static void close() throws IOException {
      CLIENT.close();
    }

    @Test
    void uses_it(TestServer server) throws Exception {
      CLIENT.get(server.url("/x"));
    }

    @Test
    void uses_it_too(TestServer server) throws Exception {
      CLIENT.get(server.url("/x"));
    }
  }

  @NoLeaks
  @NoLeaks.Shared(reason = "one client for all tests of the class")
  static final class ForgetsTheClientOfTheClass {
    private static final TestClient CLIENT = Forgotten.keep(Family.APACHE.open());

    @Test
    void uses_it(TestServer server) throws Exception {
      CLIENT.get(server.url("/x"));
    }
  }

  @NoLeaks
  static final class ForgetsTheClientThatItMadeBeforeAll {
    @BeforeAll
    static void open(TestServer server) throws Exception {
      Forgotten.keep(Family.APACHE.open()).get(server.url("/x"));
    }

    @Test
    void does_nothing_wrong(TestServer server) throws Exception {
      try (TestClient client = Family.APACHE.open()) {
        client.get(server.url("/x"));
      }
    }
  }

  @NoLeaks
  static final class ClosesAfterAllWhatItMadeBeforeAll {
    private static final TestClient CLIENT = Family.OKHTTP.open();

    @BeforeAll
    static void open(TestServer server) throws Exception {
      CLIENT.get(server.url("/x"));
    }

    @AfterAll
    static void close() throws IOException {
      CLIENT.close();
    }

    @Test
    void does_nothing_wrong(TestServer server) throws Exception {
      try (TestClient client = Family.APACHE.open()) {
        client.get(server.url("/x"));
      }
    }
  }

  @NoLeaks
  @SuppressWarnings("MustBeClosed") // which is the leak
  static final class ForgetsAStaticClient {
    private static final BelayClient CLIENT = Forgotten.keep(BelayClient.builder().build()); // leak

    @Test
    void uses_it(TestServer server) throws Exception {
      CLIENT.send(BelayMisuses.get(server.url("/x")), Answers.text());
    }
  }

  @NoLeaks
  static final class HasAnOptOutWithoutNeed {
    @Test
    @NoLeaks.Shared(reason = "nobody knows any more")
    void closes_its_client(TestServer server) throws Exception {
      try (TestClient client = Family.APACHE.open()) {
        client.get(server.url("/x"));
      }
    }
  }
}
