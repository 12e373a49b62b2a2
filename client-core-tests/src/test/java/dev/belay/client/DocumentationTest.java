package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.testkit.Answer;
import dev.belay.testkit.FakeUazapi;
import dev.belay.testkit.Fault;
import dev.belay.testkit.FaultServer;
import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Compares what is written with what is there: examples, names, links. */
@NoLeaks
class DocumentationTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  // The examples. A document shows a region as it stands here.

  @Test
  void a_client_closes_with_its_brace(TestServer server) throws IOException {
    assertThat(invoice(server.url("/invoices/7"), "token")).isEqualTo("ok");
    assertThat(server.totalConnections()).isEqualTo(1);
  }

  private static String invoice(String url, String token) throws IOException {
    // region send
    try (BelayClient client =
        BelayClient.builder() // a pool of its own; builder(pool) borrows a shared one
            .name("billing")
            .secretHeader("token", token) // *** in every message, log line and toString
            .maxConnections(10)
            .deadline(Duration.ofSeconds(30)) // waiting, attempts and body included
            .build()) {
      Request request = new Request.Builder().url(url).build();
      return client.send(request, Answers.text()); // 2xx, else a typed failure; nothing to close
    } // no socket, permit, waiting call or response of this client is left
    // endregion send
  }

  @Nested
  // region testkit
  @NoLeaks // fails the test that leaves a client, pool, call or response of Belay open
  class BillingTest {
    @Test
    void pays_once(TestServer server) throws IOException { // a server of this test's own
      try (BelayClient client = BelayClient.builder().build()) {
        Request request = new Request.Builder().url(server.url("/pay")).build();
        assertThat(client.send(request, Answers.text())).isEqualTo("ok");
      }
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  // endregion testkit

  @Test
  void clients_share_a_pool(TestServer server) throws IOException {
    Request request = new Request.Builder().url(server.url("/")).build();
    // region pool
    try (BoundedPool pool = BoundedPool.builder().name("outbound").maxConnections(50).build();
        BelayClient billing = BelayClient.builder(pool).name("billing").build();
        BelayClient audit = BelayClient.builder(pool).name("audit").build()) {
      billing.send(request, Answers.discard());
      audit.send(request, Answers.discard()); // on the connection that billing gave back
    }
    // endregion pool
    assertThat(server.totalConnections()).isEqualTo(1);
  }

  @Test
  void an_answer_can_be_streamed(TestServer server) throws IOException {
    Request request = new Request.Builder().url(server.url("/")).build();
    try (BelayClient client = BelayClient.builder().build()) {
      // region open
      try (Response response = client.open(request, CallOptions.deadline(Duration.ofMinutes(5)))) {
        String firstLine = response.body().source().readUtf8Line();
        assertThat(firstLine).isEqualTo("ok");
      } // the connection and the permits go back here
      // endregion open
    }
  }

  @Test
  void a_call_can_complete_a_future(TestServer server) throws Exception {
    Request request = new Request.Builder().url(server.url("/")).build();
    try (BelayClient client = BelayClient.builder().build()) {
      // region async
      CompletableFuture<String> later = client.sendAsync(request, Answers.text());
      // endregion async
      assertThat(later.get()).isEqualTo("ok");
    }
  }

  @Test
  void a_close_says_what_it_cut(TestServer server) throws IOException {
    BelayClient client = BelayClient.builder().build();
    Request request = new Request.Builder().url(server.url("/")).build();
    client.send(request, Answers.discard());
    // region close
    CloseReport report = client.close(Duration.ofSeconds(2));
    assertThat(report.clean()).isTrue();
    assertThat(report.cut()).isEmpty(); // else: what was cut, and the line that opened it
    // endregion close
  }

  @Test
  void a_failure_says_whether_to_send_again() throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.hangUp());
        BelayClient client = BelayClient.builder().build()) {
      List<String> next = new ArrayList<>();
      Request message =
          new Request.Builder().url(server.url("/")).post(RequestBody.create("hi", null)).build();
      // region outcome
      try {
        client.send(message, Answers.discard());
      } catch (CallFailedException e) {
        switch (e.outcome()) {
          case NOT_SENT -> next.add("send it again");
          case REJECTED -> next.add("the server did not do it: read status() first");
          case UNKNOWN -> next.add("find out before sending it again");
        }
      }
      // endregion outcome
      assertThat(next).containsExactly("find out before sending it again");
    }
  }

  @Test
  void a_test_server_counts_from_the_other_side() throws Exception {
    // region server
    try (TestServer server = TestServer.start(r -> Answer.of(500))) {
      Request request = new Request.Builder().url(server.url("/broken")).build();
      try (BelayClient client = BelayClient.builder().maxConnections(2).build()) {
        assertThatThrownBy(() -> client.send(request, Answers.text()))
            .isInstanceOf(UnexpectedStatusException.class);
      }
      assertThat(server.requests()).isEqualTo(3); // attempts, the first included
      assertThat(server.mostConnections()).isLessThanOrEqualTo(2);
      server.awaitOpenConnections(0, Duration.ofSeconds(1));
      if (KernelSockets.isAvailable()) { // Linux: the sockets of this process, whoever made them
        assertThat(KernelSockets.to(server.port()).open()).isZero();
      }
    }
    // endregion server
  }

  @Test
  void a_fault_server_does_wrong_by_name() throws IOException {
    // region faults
    try (FaultServer server = FaultServer.start();
        BelayClient client = BelayClient.builder().build()) {
      Request order =
          new Request.Builder()
              .url(server.url(Fault.FIN_BEFORE_RESPONSE))
              .post(RequestBody.create("hi", null))
              .build();
      assertThatThrownBy(() -> client.send(order, Answers.text()))
          .isInstanceOf(ConnectionLostException.class);
      assertThat(server.requests(Fault.FIN_BEFORE_RESPONSE)).isEqualTo(1); // and not sent again
      Request next =
          new Request.Builder().url(server.healthyUrl(Fault.FIN_BEFORE_RESPONSE)).build();
      assertThat(client.send(next, Answers.text())).isEqualTo("ok");
    }
    // endregion faults
  }

  @Test
  void a_fake_takes_a_message_although_its_answer_is_lost() {
    // region fake
    try (FakeUazapi fake = FakeUazapi.start();
        BelayClient client =
            BelayClient.builder().secretHeader("token", fake.token()).deadline(SOON).build()) {
      fake.failNextAfterTaking(1, Answer.stall());
      MediaType json = MediaType.get("application/json");
      RequestBody hello =
          RequestBody.create("{\"number\":\"5500900000002\",\"text\":\"hi\"}", json);
      Request send = new Request.Builder().url(fake.url() + "/send/text").post(hello).build();
      CallFailedException failure =
          catchThrowableOfType(CallFailedException.class, () -> client.send(send, Answers.text()));
      assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(fake.messages()).hasSize(1); // sending it again would have made it two
    }
    // endregion fake
  }

  // The documents.

  @Test
  void java_in_the_documents_is_a_region_of_a_test() throws IOException {
    Pattern block =
        Pattern.compile("(?:<!-- region (\\S+) of (\\S+) -->\n)?```java\n(.*?)```", Pattern.DOTALL);
    for (Path document : Documents.documents()) {
      for (MatchResult found : Documents.all(block, Files.readString(document))) {
        assertThat(found.group(1)).as("region of the Java in %s", document).isNotNull();
        assertThat(found.group(3))
            .as("%s in %s", found.group(1), document)
            .isEqualTo(region(found.group(1), found.group(2)));
      }
    }
  }

  private static String region(String name, String file) throws IOException {
    String source = Files.readString(Documents.files().get(file));
    Pattern region =
        Pattern.compile(
            "\n *// region " + name + "\n(.*?)\n\\s*// endregion " + name + "\n", Pattern.DOTALL);
    List<MatchResult> found = Documents.all(region, source);
    assertThat(found).as("regions %s of %s", name, file).hasSize(1);
    return found.get(0).group(1).stripIndent().stripTrailing() + "\n";
  }

  @Test
  void files_and_tests_that_the_documents_name_exist() throws IOException {
    Pattern name = Pattern.compile("\\b([A-Z]\\w*\\.java)\\b(?!:)|`([A-Z]\\w*Test)`");
    Set<String> missing = new TreeSet<>();
    Set<String> there = Documents.files().keySet();
    for (Path document : Documents.documents()) {
      for (MatchResult found : Documents.all(name, Files.readString(document))) {
        String file = found.group(1) == null ? found.group(2) + ".java" : found.group(1);
        if (!there.contains(file)) {
          missing.add(Documents.ROOT.relativize(document) + ": " + file);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void links_in_the_documents_lead_to_files() throws IOException {
    Pattern link = Pattern.compile("]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");
    Set<String> broken = new TreeSet<>();
    for (Path document : Documents.documents()) {
      for (MatchResult found : Documents.all(link, Files.readString(document))) {
        if (!Files.exists(document.resolveSibling(found.group(1)))) {
          broken.add(Documents.ROOT.relativize(document) + ": " + found.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void the_readme_is_short() throws IOException {
    assertThat(Files.readAllLines(Documents.ROOT.resolve("README.md")))
        .hasSizeLessThanOrEqualTo(150);
  }
}
