package dev.belay.leaks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.Relay;
import dev.belay.testkit.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests that need nothing but JUnit, the testkit and the JDK, and the program that runs them and
 * prints what became of them.
 */
@NoLeaks
class Alone {
  private static final List<String> NOT_NEEDED =
      List.of(
          "com.fasterxml.jackson.annotation.JsonProperty",
          "com.tngtech.archunit.core.domain.JavaClass",
          "dev.belay.client.BelayClient",
          "okhttp3.OkHttpClient",
          "org.assertj.core.api.Assertions",
          "org.jspecify.annotations.Nullable",
          "org.slf4j.Logger",
          "tools.jackson.databind.ObjectMapper");

  @Test
  void closes_its_client(TestServer server) throws Exception {
    try (TestClient client = new UrlConnectionClient()) {
      client.get(server.url("/x"));
    }
  }

  @Test
  void leaves_an_answer_of_java_net_http_unread(Relay relay) throws Exception {
    relay.to(LongAnswers.port());
    Forgotten.keep(new JdkClient().open(relay.url("/long")));
  }

  @Test
  void leaves_an_answer_of_url_connection_unread(Relay relay) throws Exception {
    relay.to(LongAnswers.port());
    Forgotten.keep(new UrlConnectionClient().open(relay.url("/long")));
  }

  /**
   * Runs them.
   *
   * @param args the file for the testkit's report
   */
  public static void main(String[] args) {
    System.out.println("there: " + NOT_NEEDED.stream().filter(Alone::isThere).toList());
    Ran ran = Ran.of(List.of(selectClass(Alone.class)), Path.of(args[0]), "on");
    ran.outcomes().stream().flatMap(Alone::lines).forEach(System.out::println);
    System.exit(0); // not a second later, for the sake of a thread of a client
  }

  private static boolean isThere(String type) {
    try {
      Class.forName(type);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static Stream<String> lines(Outcome outcome) {
    return outcome.failed()
        ? outcome.messages().stream().map(message -> outcome.name() + " failed: " + message)
        : Stream.of(outcome.name() + " passed");
  }
}
