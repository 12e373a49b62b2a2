package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class CallScopeTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void join_waits_for_every_call_of_the_scope() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "ok").after(millis(20)));
        BelayClient client = BelayClient.builder().maxConnections(4).build();
        CallScope nightly = client.openScope("nightly")) {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        answers.add(nightly.sendAsync(Requests.get(server), Answers.text()));
      }
      nightly.join();
      assertThat(answers).allMatch(CompletableFuture::isDone);
      assertThat(answers).allMatch(answer -> answer.join().equals("ok"));
      assertThat(nightly.close(Duration.ZERO).clean()).isTrue();
    }
  }

  @Test
  void leaving_without_join_cancels_at_once() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build()) {
      CompletableFuture<String> lost;
      try (CallScope scope = client.openScope("left")) {
        lost = scope.sendAsync(Requests.get(server), Answers.text());
        server.awaitRequests(1, MINUTE);
      }
      assertThatThrownBy(lost::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(ClosedException.class)
          .hasMessageContaining("scope 'left' was closed by");
      server.awaitOpenConnections(0, Duration.ofSeconds(10));
      assertThat(client.snapshot().open()).isZero();
    }
  }

  @Test
  void futures_are_done_when_their_scope_has_closed() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build()) {
      for (int i = 0; i < 500; i++) {
        CompletableFuture<String> lost;
        try (CallScope scope = client.openScope("left")) {
          lost = scope.sendAsync(Requests.get(server), Answers.text());
        }
        assertThat(lost).as("future %d", i).isCompletedExceptionally();
      }
    }
  }

  @Test
  void a_report_counts_what_ran_and_not_what_waited() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().maxConnections(1).build();
        CallScope scope = client.openScope("left")) {
      for (int i = 0; i < 5; i++) {
        var unused = scope.sendAsync(Requests.get(server.url("/" + i)), Answers.text());
      }
      server.awaitRequests(1, MINUTE);
      CloseReport report = scope.close(Duration.ZERO);
      assertThat(report.cancelled()).isEqualTo(1);
      assertThat(report.drained()).isZero();
      assertThat(report.cut()).extracting(Holder::what).containsExactly("GET " + server.url("/0"));
    }
  }

  @Test
  void closing_a_scope_leaves_its_siblings_alone() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "ok").after(millis(200)));
        BelayClient client = BelayClient.builder().build();
        CallScope sibling = client.openScope("sibling")) {
      CompletableFuture<String> goesOn = sibling.sendAsync(Requests.get(server), Answers.text());
      try (CallScope scope = client.openScope("short")) {
        assertThat(scope.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      }
      assertThat(goesOn.join()).isEqualTo("ok");
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
    }
  }

  @Test
  void a_nested_scope_closes_with_the_one_around_it() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build();
        CallScope outer = client.openScope("outer");
        CallScope inner = outer.openScope("inner")) {
      CompletableFuture<String> lost = inner.sendAsync(Requests.get(server), Answers.text());
      server.awaitRequests(1, MINUTE);
      CloseReport report = outer.close(Duration.ZERO);
      assertThat(report.cancelled()).isEqualTo(1);
      assertThat(lost).isCompletedExceptionally();
      assertThatThrownBy(() -> inner.send(Requests.get(server), Answers.text()))
          .isInstanceOf(ClosedException.class)
          .hasMessageContaining("scope 'outer'");
      assertThat(client.snapshot().holders()).extracting(Holder::kind).containsOnly("client");
    }
  }

  @Test
  void a_response_that_a_scope_opened_ends_with_it() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "endless").bodyDelay(MINUTE));
        BelayClient client = BelayClient.builder().build();
        CallScope scope = client.openScope("reading");
        Response response = scope.open(Requests.get(server))) {
      assertThat(scope.close(Duration.ZERO).reclaimed()).isEqualTo(1);
      assertThatThrownBy(() -> response.body().string()).isInstanceOf(ClosedException.class);
      server.awaitOpenConnections(0, Duration.ofSeconds(10));
    }
  }

  @Test
  void an_interrupt_ends_a_join_and_the_scope_then_ends_its_calls() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = BelayClient.builder().build()) {
      CompletableFuture<String> lost;
      try (CallScope scope = client.openScope("interrupted")) {
        lost = scope.sendAsync(Requests.get(server), Answers.text());
        Thread.currentThread().interrupt();
        assertThatThrownBy(scope::join).isInstanceOf(InterruptedException.class);
      }
      assertThat(Thread.interrupted()).isFalse();
      assertThat(lost).isCompletedExceptionally();
    }
  }

  @Test
  void a_call_of_the_scope_cannot_wait_for_all_of_them(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().build();
        CallScope scope = client.openScope("joined")) {
      ResponseHandler<String> joins =
          answer -> {
            try {
              scope.join();
              return "joined";
            } catch (IllegalStateException | InterruptedException e) {
              return e.getMessage();
            }
          };
      CompletableFuture<String> answer = scope.sendAsync(Requests.get(server), joins);
      assertThat(answer.get(1, TimeUnit.MINUTES))
          .isEqualTo("code of a call of scope 'joined' waits for that call");
    }
  }

  @Test
  void a_scope_of_a_closed_client_is_closed(TestServer server) {
    BelayClient client = BelayClient.builder().name("gone").build();
    client.close();
    try (CallScope late = client.openScope("late")) {
      assertThatThrownBy(() -> late.send(Requests.get(server), Answers.text()))
          .isInstanceOf(ClosedException.class)
          .hasMessageContaining("client 'gone' was closed by");
    }
    assertThat(client.snapshot().holders()).isEmpty();
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
