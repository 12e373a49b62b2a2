package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NoLeaks
class IdempotencyKeyTest {
  private static final String HEADER = "Idempotency-Key";
  private static final RetryPolicy QUICK =
      RetryPolicy.builder().backOff(Duration.ZERO).throttledBackOff(Duration.ZERO).build();

  private final ConcurrentLinkedQueue<String> keys = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile Answer failure = Answer.hangUp();
  private final TestServer server =
      TestServer.start(
          r -> {
            keys.add(String.valueOf(r.header(HEADER)));
            return failures.getAndDecrement() > 0 ? failure : Answer.of(200, "ok");
          });

  @AfterEach
  void close() {
    server.close();
  }

  private static BelayClientBuilder builder() {
    return BelayClient.builder().retry(QUICK);
  }

  @Test
  void a_declared_header_makes_a_post_safe_to_repeat() throws IOException {
    failures.set(2);
    try (BelayClient client = builder().idempotencyKey(HEADER).build()) {
      assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
      assertThat(keys).hasSize(3).doesNotContain("null");
      assertThat(keys.stream().distinct()).as("one key for all attempts").hasSize(1);
      client.send(Requests.post(server), Answers.text());
      assertThat(keys.stream().distinct()).as("another for the next call").hasSize(2);
    }
  }

  /** Nobody recognises a repetition by it. */
  @Test
  void an_empty_one_counts_as_none() throws IOException {
    failures.set(1);
    Request post = Requests.post(server).newBuilder().header(HEADER, "").build();
    try (BelayClient client = builder().idempotencyKey(HEADER).build()) {
      assertThat(client.send(post, Answers.text())).isEqualTo("ok");
      assertThat(keys).hasSize(2).doesNotContain("");
    }
  }

  @Test
  void without_it_a_post_goes_out_once() {
    failures.set(1);
    try (BelayClient client = builder().build()) {
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.text()))
          .isInstanceOf(ConnectionLostException.class);
      assertThat(keys).containsExactly("null");
    }
  }

  @Test
  void a_call_can_bring_its_own() throws IOException {
    failures.set(1);
    CallOptions order = CallOptions.defaults().idempotencyKey("order-42");
    try (BelayClient client = builder().build()) {
      assertThat(client.send(Requests.post(server), Answers.text(), order)).isEqualTo("ok");
      assertThat(keys).containsExactly("order-42", "order-42");
    }
    assertThat(order.toString()).contains("with a key").doesNotContain("order-42");
  }

  @Test
  void the_header_of_a_request_is_kept_and_a_get_needs_none() throws IOException {
    try (BelayClient client = builder().idempotencyKey(HEADER).build()) {
      Request own = Requests.post(server).newBuilder().header(HEADER, "mine").build();
      client.send(own, Answers.text());
      client.send(Requests.get(server), Answers.text());
      assertThat(List.copyOf(keys)).containsExactly("mine", "null");
    }
  }

  /** The first attempt is being worked on: draft-ietf-httpapi-idempotency-key-header-07. */
  @Test
  void a_conflict_is_tried_again_where_there_is_a_key() throws IOException {
    failure = Answer.of(409, "in progress");
    failures.set(1);
    try (BelayClient client = builder().build()) {
      CallOptions keyed = CallOptions.defaults().idempotencyKey("k");
      assertThat(client.send(Requests.post(server), Answers.text(), keyed)).isEqualTo("ok");
      failures.set(1);
      CallOptions declared = CallOptions.defaults().idempotent();
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.text(), declared))
          .isInstanceOfSatisfying(
              UnexpectedStatusException.class, e -> assertThat(e.attempts()).isEqualTo(1));
    }
  }

  @Test
  void a_key_that_cannot_be_sent_is_refused_and_not_shown() {
    assertThatThrownBy(() -> CallOptions.defaults().idempotencyKey("s3cret\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("idempotencyKey")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> BelayClient.builder().idempotencyKey("no name"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("idempotencyKey");
  }
}
