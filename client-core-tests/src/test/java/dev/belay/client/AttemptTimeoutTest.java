package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

@NoLeaks
class AttemptTimeoutTest {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final RetryPolicy QUICK = RetryPolicy.builder().backOff(Duration.ZERO).build();

  private static BelayClient client() {
    return BelayClient.builder().attemptTimeout(SHORT).retry(QUICK).build();
  }

  @Test
  void a_silent_attempt_is_followed_by_another_on_another_connection() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                r -> requests.getAndIncrement() < 2 ? Answer.stall() : Answer.of(200, "ok"));
        BelayClient client = client()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      assertThat(server.requests()).isEqualTo(3);
      assertThat(server.totalConnections()).isEqualTo(3);
      server.awaitOpenConnections(1, Duration.ofSeconds(1));
    }
  }

  @Test
  void a_post_that_had_no_answer_is_unknown_and_goes_out_once() {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = client()) {
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.text()))
          .isInstanceOfSatisfying(
              DeadlineExceededException.class,
              e -> {
                assertThat(e).hasMessageContaining("had no answer in 500 ms");
                assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
                assertThat(e.attempts()).isEqualTo(1);
              });
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void it_says_nothing_about_the_body() throws IOException {
    Answer slow = Answer.of(200, "0123456789").inPieces(1).bodyDelay(Duration.ofMillis(100));
    try (TestServer server = TestServer.start(r -> slow);
        BelayClient client = client()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("0123456789");
    }
  }

  @Test
  void on_http_2_it_ends_one_stream_and_the_others_of_its_connection_go_on() throws Exception {
    try (Http2Server server = Http2Server.start();
        BelayClient client =
            Wire.HTTP_2
                .applyTo(BelayClient.builder())
                .attemptTimeout(Duration.ofSeconds(2))
                .retry(RetryPolicy.none())
                .build()) {
      assertThat(client.send(server.get("/"), Answers.text())).isEqualTo("/");
      CompletableFuture<String> late = client.sendAsync(server.get("/wait"), Answers.text());
      assertThat(client.send(server.get("/"), Answers.text())).isEqualTo("/");
      assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DeadlineExceededException.class);
      server.release();
      assertThat(client.send(server.get("/"), Answers.text())).isEqualTo("/");
    }
  }

  @Test
  void who_waits_longer_for_a_byte_waits_as_long_for_the_head() {
    try (BelayClient patient = BelayClient.builder().readTimeout(Duration.ofMinutes(1)).build();
        BelayClient strict =
            BelayClient.builder()
                .readTimeout(Duration.ofMinutes(1))
                .attemptTimeout(SHORT)
                .build()) {
      assertThat(patient.state.settings.times().attempt()).isEqualTo(Duration.ofMinutes(1));
      assertThat(strict.state.settings.times().attempt()).isEqualTo(SHORT);
    }
  }

  /** The failure of that call says that nothing was sent, and means itself. */
  @Test
  void a_post_goes_out_once_when_another_call_fails_after_its_time(TestServer server)
      throws Exception {
    TestServer gone = TestServer.start(r -> Answer.of(200, ""));
    gone.close();
    CountDownLatch overdue = new CountDownLatch(1);
    try (BelayClient other = BelayClient.builder().retry(RetryPolicy.none()).build();
        BelayClient client =
            BelayClient.builder()
                .attemptTimeout(SHORT)
                .retry(QUICK)
                .interceptor(
                    chain -> {
                      chain.proceed(chain.request()).close();
                      await(overdue);
                      throw catchThrowableOfType(
                          IOException.class, () -> other.send(Requests.get(gone), Answers.text()));
                    })
                .build()) {
      CompletableFuture<String> late = client.sendAsync(Requests.post(server), Answers.text());
      server.awaitRequests(1, Duration.ofSeconds(10));
      server.awaitOpenConnections(0, Duration.ofSeconds(10));
      overdue.countDown();
      assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              DeadlineExceededException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  private static void await(CountDownLatch overdue) throws IOException {
    try {
      overdue.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** The clock of the test decides: the last nanosecond is in time. */
  @Test
  void it_is_exact() throws Exception {
    ManualClock clock = new ManualClock();
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BoundedPool pool = Pools.on(clock);
        BelayClient client = BelayClient.builder(pool).retry(RetryPolicy.none()).build()) {
      Request request = Requests.get(server);
      CompletableFuture<String> call = client.sendAsync(request, Answers.text());
      server.awaitRequests(1, Duration.ofSeconds(10));
      clock.pass(Duration.ofSeconds(10).minusNanos(1));
      long unused = pool.state().housekeeper.sweep(clock.nanos());
      assertThat(pool.snapshot().leased()).isEqualTo(1);
      clock.pass(Duration.ofNanos(1));
      unused = pool.state().housekeeper.sweep(clock.nanos());
      assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              DeadlineExceededException.class,
              e -> assertThat(e.elapsed()).isEqualTo(Duration.ofSeconds(10)));
    }
  }
}
