package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.Received;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NoLeaks
class AuthenticationTest {
  private static final ThrowingConsumer<Object> NO_VALUE =
      e -> assertThat(e).isInstanceOf(ConnectFailedException.class);

  private final AtomicInteger fetched = new AtomicInteger();

  private static Answer onlyFor(String value, Received request) {
    return value.equals(request.header("Authorization"))
        ? Answer.of(200, "welcome")
        : Answer.of(401, "");
  }

  @Test
  void a_source_that_calls_through_its_own_client_fails_at_once(TestServer server) {
    BelayClient[] own = new BelayClient[1];
    try (BelayClient client =
        BelayClient.builder()
            .authentication(rejected -> own[0].send(Requests.get(server), Answers.text()))
            .build()) {
      own[0] = client;
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOf(ConnectFailedException.class)
          .cause()
          .isInstanceOf(LimitReachedException.class)
          .hasMessageContaining("its TokenSource would wait for its own value");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void a_value_that_the_server_rejects_is_replaced_once_for_all_callers() throws Exception {
    try (TestServer server = TestServer.start(r -> onlyFor("Bearer 2", r));
        BelayClient client =
            BelayClient.builder()
                .authentication(rejected -> "Bearer " + fetched.incrementAndGet())
                .build()) {
      List<CompletableFuture<String>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        calls.add(client.sendAsync(Requests.post(server), Answers.text()));
      }
      for (CompletableFuture<String> call : calls) {
        assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("welcome");
      }
      assertThat(fetched).hasValue(2);
    }
  }

  @Test
  void a_call_is_sent_again_once_and_no_more() throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(401, ""));
        BelayClient client =
            BelayClient.builder()
                .authentication(rejected -> "Bearer " + fetched.incrementAndGet())
                .build()) {
      assertThat(client.<Integer>send(Requests.post(server), r -> r.code())).isEqualTo(401);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void a_source_that_fails_fails_the_calls_that_wait_and_is_asked_again() throws IOException {
    try (TestServer server = TestServer.start(r -> onlyFor("Bearer 4", r));
        BelayClient client =
            BelayClient.builder().retry(RetryPolicy.none()).authentication(this::late).build()) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
            .isInstanceOf(ConnectFailedException.class)
            .hasRootCauseMessage("not yet");
      }
      assertThat(server.requests()).isZero();
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("welcome");
    }
  }

  @Test
  void a_call_hears_of_its_own_fetch_and_of_no_earlier_one(TestServer server) {
    try (BelayClient client =
        BelayClient.builder().retry(RetryPolicy.none()).authentication(this::never).build()) {
      for (int i = 1; i <= 5_000; i++) {
        assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
            .hasRootCauseMessage("fetch " + i);
      }
    }
  }

  private String never(String rejected) throws IOException {
    throw new IOException("fetch " + fetched.incrementAndGet());
  }

  private String late(String rejected) throws IOException {
    if (fetched.incrementAndGet() < 4) {
      throw new IOException("not yet");
    }
    return "Bearer " + fetched;
  }

  @Test
  void a_source_that_hangs_holds_no_connection_and_ends_with_the_deadline(TestServer server) {
    CountDownLatch end = new CountDownLatch(1);
    try (BelayClient client = BelayClient.builder().authentication(r -> hang(end)).build()) {
      CallOptions quick = CallOptions.deadline(Duration.ofMillis(200));
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text(), quick))
          .isInstanceOfSatisfying(
              DeadlineExceededException.class, e -> assertThat(e.phase()).isEqualTo(Phase.TOKEN));
      assertThat(client.snapshot().open()).isZero();
      end.countDown();
    }
  }

  private static String hang(CountDownLatch end) throws IOException {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("ended");
  }

  @Test
  void a_fetch_that_fails_while_another_call_has_its_401_fails_no_call_without_a_type()
      throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    try (TestServer server =
            TestServer.start(
                r -> {
                  both.countDown();
                  both.await();
                  return Answer.of(401, "");
                });
        BelayClient client =
            BelayClient.builder().retry(RetryPolicy.none()).authentication(this::once).build()) {
      List<CompletableFuture<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        calls.add(client.sendAsync(Requests.get(server), r -> r.code()));
      }
      for (CompletableFuture<Integer> call : calls) {
        Object ending =
            call.<Object>handle((code, e) -> e == null ? code : e).get(10, TimeUnit.SECONDS);
        assertThat(ending).satisfiesAnyOf(e -> assertThat(e).isEqualTo(401), NO_VALUE);
      }
    }
  }

  private String once(@Nullable String rejected) throws IOException {
    if (rejected != null) {
      throw new IOException("no other");
    }
    return "Bearer 1";
  }

  @Test
  void a_body_that_can_be_written_once_is_written_once() throws IOException {
    RequestBody oneShot =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public boolean isOneShot() {
            return true;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            sink.writeUtf8("once");
          }
        };
    try (TestServer server = TestServer.start(r -> Answer.of(401, ""));
        BelayClient client = BelayClient.builder().authentication(r -> "Bearer 1").build()) {
      Request request = Requests.get(server).newBuilder().post(oneShot).build();
      assertThat(client.<Integer>send(request, r -> r.code())).isEqualTo(401);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void a_value_that_was_replaced_is_still_a_secret() {
    try (TestServer server =
            TestServer.start(
                r ->
                    "first-0123456789".equals(r.header("Authorization"))
                        ? Answer.of(401)
                        : Answer.of(403, "first-0123456789 and second-0123456789"));
        BelayClient client =
            BelayClient.builder()
                .authentication(old -> old == null ? "first-0123456789" : "second-0123456789")
                .build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              UnexpectedStatusException.class, e -> assertThat(e.body()).isEqualTo("*** and ***"));
    }
  }

  @Test
  void a_declared_secret_leaves_its_origin_by_no_redirect(TestServer elsewhere) throws IOException {
    Answer redirect = Answer.of(307, "").header("Location", elsewhere.url("/"));
    try (TestServer server = TestServer.start(r -> redirect);
        BelayClient client =
            BelayClient.builder()
                .secretHeader("token", "s3cret")
                .authentication(rejected -> "Bearer s3cret")
                .build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              RedirectRefusedException.class, e -> assertThat(e.status()).hasValue(307));
      assertThat(elsewhere.totalConnections()).isZero();
    }
  }

  @Test
  void the_value_is_in_no_text() {
    try (TestServer server = TestServer.start(r -> Answer.hangUp());
        BelayClient client =
            BelayClient.builder().authentication(rejected -> "Bearer s3cret").build()) {
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.text()))
          .hasStackTraceContaining("ConnectionLost")
          .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
      assertThat(client.toString()).doesNotContain("s3cret");
    }
  }
}
