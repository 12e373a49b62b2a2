package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;

@NoLeaks
class LeaseTest {
  @Test
  void a_body_that_was_read_gives_its_connection_back_before_it_is_closed(TestServer server)
      throws IOException {
    try (BelayClient client = BelayClient.builder().build();
        Response response = client.open(Requests.get(server))) {
      assertThat(client.snapshot().leased()).isEqualTo(1);
      assertThat(response.body().string()).isEqualTo("ok");
      assertThat(client.snapshot().idle()).isEqualTo(1);
    }
  }

  @Test
  void a_response_that_escapes_its_handler_says_so(TestServer server) throws IOException {
    try (BelayClient client = BelayClient.builder().build()) {
      Response escaped = client.send(Requests.get(server), response -> response);
      assertThatThrownBy(() -> escaped.body().string())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("closed when its handler returned");
    }
  }

  @Test
  void what_a_response_that_escapes_has_buffered_is_left_to_its_readers(TestServer server)
      throws IOException {
    try (BelayClient client = BelayClient.builder().build()) {
      BufferedSource escaped =
          client.send(
              Requests.get(server),
              response -> {
                assertThat(response.body().source().request(2)).isTrue();
                return response.body().source();
              });
      assertThat(escaped.getBuffer().size()).isEqualTo(2);
    }
  }

  @Test
  void closing_a_response_leaves_its_buffer_to_a_thread_that_reads(TestServer server)
      throws IOException {
    try (BelayClient client = BelayClient.builder().build();
        Response response = client.open(Requests.get(server))) {
      BufferedSource source = response.body().source();
      assertThat(source.request(1)).isTrue();
      response.body().close();
      assertThat(client.snapshot().leased()).isZero();
      assertThat(source.readUtf8(2)).isEqualTo("ok");
      assertThatThrownBy(source::exhausted).isInstanceOf(IOException.class).hasMessage("closed");
    }
  }

  @Test
  void a_connection_whose_body_is_just_ending_in_another_thread_is_not_lent(TestServer server)
      throws Exception {
    CountDownLatch ending = new CountDownLatch(1);
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    EventListener slow =
        new EventListener() {
          @Override
          public void responseBodyEnd(Call call, long byteCount) {
            ending.countDown();
            goOn.join();
          }
        };
    AtomicBoolean first = new AtomicBoolean(true);
    try (BelayClient client =
        BelayClient.builder()
            .retry(RetryPolicy.none())
            .eventListener(call -> first.getAndSet(false) ? slow : EventListener.NONE)
            .build()) {
      CompletableFuture<String> elsewhere = client.send(Requests.get(server), r -> read(r, ending));
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      goOn.complete(null);
      assertThat(elsewhere.handle((text, failure) -> "over").join()).isEqualTo("over");
    }
  }

  private static CompletableFuture<String> read(Response response, CountDownLatch ending)
      throws IOException {
    CompletableFuture<String> text =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return response.body().string();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      ending.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return text;
  }

  @Test
  void a_handlers_own_exception_passes_unwrapped_and_leaves_nothing_open(TestServer server) {
    try (BelayClient client = BelayClient.builder().build()) {
      assertThatThrownBy(
              () ->
                  client.send(
                      Requests.get(server),
                      response -> {
                        throw new IllegalStateException("mine");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("mine");
      assertThat(client.snapshot().leased()).isZero();
    }
  }

  @Test
  void a_listener_hears_of_a_handlers_own_exception(TestServer server) {
    List<IOException> heard = new ArrayList<>();
    EventListener listener =
        new EventListener() {
          @Override
          public void callFailed(Call call, IOException e) {
            heard.add(e);
          }
        };
    IllegalStateException own = new IllegalStateException("mine");
    try (BelayClient client = BelayClient.builder().eventListener(call -> listener).build()) {
      assertThatThrownBy(
              () ->
                  client.send(
                      Requests.get(server),
                      response -> {
                        throw own;
                      }))
          .isSameAs(own);
    }
    assertThat(heard).singleElement().extracting(Throwable::getCause).isSameAs(own);
  }

  @Test
  void a_large_rest_of_a_body_costs_the_connection_and_not_the_time() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "x".repeat(5_000_000)));
        BelayClient client = BelayClient.builder().build()) {
      client.send(Requests.get(server), response -> response.body().source().readByte());
      server.awaitOpenConnections(0, Duration.ofSeconds(1));
      assertThat(client.snapshot().open()).isZero();
    }
  }

  @Test
  void a_body_beyond_the_limit_is_refused() {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "12345").chunked());
        BelayClient four = BelayClient.builder().maxBodyBytes(4).build();
        BelayClient five = BelayClient.builder().maxBodyBytes(5).build()) {
      assertThatThrownBy(() -> four.send(Requests.get(server), Answers.text()))
          .isInstanceOf(AnswerTooLargeException.class);
      assertThat(four.snapshot().open()).isZero();
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> read(five, server))).isNull();
    }
  }

  private static void read(BelayClient client, TestServer server) throws IOException {
    assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("12345");
  }

  @Test
  void a_body_that_ends_too_early_is_a_lost_connection() {
    try (TestServer server = TestServer.start(r -> Answer.truncated(200, "half", 4));
        BelayClient client = BelayClient.builder().retry(RetryPolicy.none()).build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              ConnectionLostException.class, e -> assertThat(e.status()).hasValue(200));
      assertThat(client.snapshot().open()).isZero();
    }
  }
}
