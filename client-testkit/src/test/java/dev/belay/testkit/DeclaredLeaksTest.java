package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.client.Answers;
import dev.belay.client.BelayClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DeclaredLeaksTest {
  private static final Queue<AutoCloseable> LEFT = new ConcurrentLinkedQueue<>();

  @TempDir Path folder;

  @AfterEach
  void end_what_was_left_on_purpose() throws Exception {
    for (AutoCloseable left = LEFT.poll(); left != null; left = LEFT.poll()) {
      left.close();
    }
  }

  private List<String> run(Class<?> type) {
    return Runs.failuresOf(type, folder, Map.of());
  }

  @Test
  void what_is_allowed_stays_open_for_the_tests_to_come() {
    assertThat(run(UsedAgain.class)).isEmpty();
  }

  @Test
  void an_annotation_and_options_go_together() {
    assertThat(run(Both.class)).isEmpty();
  }

  @Test
  void a_class_whose_tests_did_not_run_needed_nothing() {
    assertThat(run(Aborted.class)).containsExactly("Assumption failed: no such machine");
  }

  @Test
  void a_nested_class_may_leave_an_opt_out_to_its_neighbour() {
    assertThat(run(Neighbours.class)).isEmpty();
  }

  @Test
  void what_a_class_shares_its_nested_classes_share() {
    assertThat(run(Enclosing.class)).isEmpty();
  }

  @Test
  void a_client_in_a_static_field_is_its_class_to_close() {
    assertThat(run(StaticField.class))
        .singleElement()
        .asString()
        .contains("StaticField left this open", "client 'of the class'");
  }

  @Test
  void an_unread_answer_of_a_shared_client_fails_one_test_and_not_its_class() {
    assertThat(run(SharedUnread.class)).singleElement().asString().contains("left this open");
  }

  // Not named like tests, so that only the engine runs them.

  static class UsedAgain {
    @RegisterExtension
    static final NoLeaksExtension LEAKS =
        NoLeaksExtension.builder().allow("client 'for two'", "one for both repetitions").build();

    private static BelayClient client;

    @RepeatedTest(2)
    void uses_it(TestServer server) throws IOException {
      if (client == null) {
        client = BelayClient.builder().name("for two").build();
        LEFT.add(client);
      }
      Request request = new Request.Builder().url(server.url("/x")).build();
      assertThat(client.send(request, Answers.text())).isEqualTo("ok");
    }
  }

  @NoLeaks
  static class Both {
    @RegisterExtension
    static final NoLeaksExtension LEAKS =
        NoLeaksExtension.builder().allow("client 'both'", "to need it").build();

    @Test
    void has_a_server(TestServer server) {
      LEFT.add(BelayClient.builder().name("both").build());
      assertThat(server.requests()).isZero();
    }
  }

  @NoLeaks
  @NoLeaks.Shared(reason = "a container")
  static class Aborted {
    @BeforeAll
    static void look_for_a_machine() {
      assumeTrue(false, "no such machine");
    }

    @Test
    void does_not_run() {}
  }

  static class Neighbours {
    @RegisterExtension
    static final NoLeaksExtension LEAKS =
        NoLeaksExtension.builder().allow("client 'second'", "the second class needs it").build();

    @Nested
    class First {
      @Test
      void needs_nothing() {}
    }

    @Nested
    class Second {
      @Test
      void leaves_one_open() {
        LEFT.add(BelayClient.builder().name("second").build());
      }
    }
  }

  @NoLeaks
  @NoLeaks.Shared(reason = "kept alive by its owner")
  static class Enclosing {
    private static final Queue<RawClient> CLIENTS = new ConcurrentLinkedQueue<>();

    @Nested
    class Inner {
      @Test
      void leaves_it_idle(TestServer server) throws IOException {
        RawClient client = new RawClient(server);
        CLIENTS.add(client);
        client.get("/").readHead();
        client.read(2);
      }
    }

    @AfterAll
    static void close_them() throws IOException {
      for (RawClient client : CLIENTS) {
        client.close();
      }
    }
  }

  static class StaticField {
    @RegisterExtension static final NoLeaksExtension LEAKS = NoLeaksExtension.builder().build();

    private static final BelayClient CLIENT = BelayClient.builder().name("of the class").build();

    @Test
    void uses_it() {
      LEFT.add(CLIENT);
    }
  }

  @NoLeaks
  @NoLeaks.Shared(reason = "kept alive by its owner")
  static class SharedUnread {
    @Test
    void leaves_an_answer_unread(TestServer server) throws Exception {
      RawClient client = new RawClient(server);
      LEFT.add(client);
      client.get("/").readHead();
    }
  }
}
