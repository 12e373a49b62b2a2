package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.client.BelayClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RunGateTest {
  private static final Queue<AutoCloseable> LEFT = new ConcurrentLinkedQueue<>();

  @TempDir Path folder;

  @AfterEach
  void end_what_was_left_on_purpose() throws Exception {
    for (AutoCloseable left = LEFT.poll(); left != null; left = LEFT.poll()) {
      left.close();
    }
  }

  @Test
  void a_clean_run_ends_well_and_says_so() throws IOException {
    assertThat(run(Clean.class)).isEmpty();
    assertThat(report()).contains("\"detectorAlive\": true").doesNotContain("\"test\"");
    assertThat(folder.resolve("leaks.txt")).content().startsWith("0 leaks; the leak made on");
  }

  @Test
  void a_leak_is_in_the_files_with_its_test() throws IOException {
    assertThat(run(Leaky.class)).hasSize(1);
    assertThat(report())
        .contains("\"test\": \"Leaky.leaves_an_answer_unread(TestServer)\"")
        .contains("\"verdict\": \"unread answer\"", "\"remedy\": \"read the answer to its end");
    assertThat(folder.resolve("leaks.txt")).content().startsWith("1 leaks;");
  }

  @Test
  void a_run_whose_detector_is_off_is_red() {
    List<String> failures = run(Leaky.class, Map.of("belay.leaks", "off"));
    assertThat(failures).singleElement().asString().contains("not alive", "belay.leaks is off");
  }

  @Test
  void what_no_test_can_be_blamed_for_fails_the_run() {
    List<String> failures = run(Static.class);
    assertThat(failures)
        .singleElement()
        .asString()
        .contains("no test could be blamed", "client 'for all'", "RunGateTest$Lazy.<clinit>");
  }

  @Test
  void what_is_allowed_is_no_leak() {
    assertThat(run(Allowing.class)).isEmpty();
  }

  @Test
  void an_opt_out_that_nothing_needs_fails_its_class() {
    assertThat(run(AllowingInVain.class))
        .singleElement()
        .asString()
        .contains("nothing needed the opt-out 'no such place' (once it leaked)");
  }

  private List<String> run(Class<?> type) {
    return run(type, Map.of());
  }

  private List<String> run(Class<?> type, Map<String, String> parameters) {
    return Runs.failuresOf(type, folder, parameters);
  }

  private String report() throws IOException {
    return Files.readString(folder.resolve("leaks.json"));
  }

  // Not named like tests, so that only the engine above runs them.

  @NoLeaks
  static class Clean {
    @Test
    void reads_its_answer(TestServer server) throws IOException {
      try (InputStream body = open(server).getInputStream()) {
        assertThat(body.readAllBytes()).hasSize(2);
      }
    }

    static HttpURLConnection open(TestServer server) throws IOException {
      return (HttpURLConnection) URI.create(server.url("/x")).toURL().openConnection();
    }
  }

  @NoLeaks
  static class Leaky {
    @Test
    void leaves_an_answer_unread(TestServer server) throws Exception {
      RawClient client = new RawClient(server);
      LEFT.add(client);
      RawClient unused = client.get("/x");
      server.awaitRequests(1, Duration.ofSeconds(5));
    }
  }

  /** Made by whichever test comes first, for all. */
  static class Lazy {
    static final BelayClient CLIENT = BelayClient.builder().name("for all").build();
  }

  @NoLeaks
  static class Static {
    @Test
    void uses_a_client_of_the_whole_run() {
      LEFT.add(Lazy.CLIENT);
    }
  }

  static class Allowing {
    @RegisterExtension
    static final NoLeaksExtension LEAKS =
        NoLeaksExtension.builder().allow("RunGateTest$Allowing.", "to show that it works").build();

    @Test
    void leaves_a_client_open() {
      LEFT.add(BelayClient.builder().name("allowed").build());
    }
  }

  static class AllowingInVain {
    @RegisterExtension
    static final NoLeaksExtension LEAKS =
        NoLeaksExtension.builder().allow("no such place", "once it leaked").build();

    @Test
    void leaves_nothing_open() {}
  }
}
