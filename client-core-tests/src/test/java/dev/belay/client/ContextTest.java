package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

/** The MDC of whoever made a call is there wherever code of the call runs, and nowhere else. */
@NoLeaks
class ContextTest {
  private static final RetryPolicy AT_ONCE = RetryPolicy.builder().backOff(Duration.ZERO).build();

  private final Sightings code = new Sightings();
  private final CountDownLatch release = new CountDownLatch(1);

  @BeforeEach
  void this_is_the_caller() {
    assertThat(MdcContext.isThere()).as("the tests run with slf4j.provider").isTrue();
    MDC.put(Sightings.KEY, "maker");
  }

  @AfterEach
  void leave() {
    MDC.clear();
  }

  private BelayClient client() {
    return BelayClient.builder()
        .retry(AT_ONCE)
        .interceptor(code.interceptor())
        .eventListener(call -> code)
        .build();
  }

  private Answer onceReleased() throws InterruptedException {
    release.await();
    return Answer.of(200, "ok");
  }

  @ParameterizedTest
  @EnumSource
  void code_of_a_call_sees_the_mdc_of_its_caller_in_every_attempt(ContextWay way) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                r -> requests.getAndIncrement() == 0 ? Answer.of(500) : onceReleased());
        BelayClient client = client()) {
      if (way.waits) {
        release.countDown();
      }
      Request put = new Request.Builder().url(server.url("/")).put(code.body()).build();
      CompletableFuture<String> ending = way.run(client, put, code);
      MDC.put(Sightings.KEY, "someone else by now");
      release.countDown();
      assertThat(ending.get(5, TimeUnit.SECONDS)).isEqualTo("ok");
    }
    assertThat(requests).hasValue(2);
    assertThat(code.callers()).containsExactly("maker");
    assertThat(code.seen().keySet())
        .contains("interceptor", "body", "callStart", "connectStart", "requestHeadersEnd")
        .contains("responseBodyEnd", "connectionReleased", "callEnd")
        .containsAll(way.ownCode());
  }

  @ParameterizedTest
  @EnumSource
  void a_thread_of_ours_has_nothing_of_a_call_afterwards(ContextWay way, TestServer server)
      throws Exception {
    release.countDown();
    CompletableFuture<Executor> connection = new CompletableFuture<>();
    try (BelayClient client =
        BelayClient.builder()
            .interceptor(code.interceptor())
            .interceptor(
                chain -> {
                  connection.complete(Running.call().lease().thread());
                  return chain.proceed(chain.request());
                })
            .build()) {
      String text = way.run(client, Requests.get(server), code).get(5, TimeUnit.SECONDS);
      assertThat(text).isEqualTo("ok");
      for (int i = 0; i < 50; i++) {
        assertThat(leftOn(connection.join())).isEqualTo("null");
        assertThat(leftOn(client.state.pool.workers)).isEqualTo("null");
        assertThat(leftOn(client.state.pool.callbacks)).isEqualTo("null");
      }
    }
  }

  private static String leftOn(Executor threads) throws Exception {
    CompletableFuture<String> left = new CompletableFuture<>();
    threads.execute(() -> left.complete(String.valueOf(MDC.getCopyOfContextMap())));
    return left.get(5, TimeUnit.SECONDS);
  }

  @Test
  void what_code_of_a_synchronous_call_puts_into_its_own_threads_mdc_stays(TestServer server)
      throws IOException {
    try (BelayClient client = client()) {
      assertThat(client.send(Requests.get(server), code.handler())).isEqualTo("ok");
      assertThat(MDC.get("left")).isEqualTo("callEnd");
    }
  }

  @Test
  void a_caller_without_an_mdc_gets_nobody_elses(TestServer server) throws Exception {
    try (BelayClient client = client()) {
      String text =
          ContextWay.ASYNC.run(client, Requests.get(server), code).get(5, TimeUnit.SECONDS);
      assertThat(text).isEqualTo("ok");
      Sightings second = new Sightings();
      MDC.clear();
      assertThat(
              ContextWay.ENQUEUE.run(client, Requests.get(server), second).get(5, TimeUnit.SECONDS))
          .isEqualTo("ok");
      assertThat(second.callers()).containsExactly("null");
    }
  }

  @Test
  void a_call_in_a_handler_carries_on_what_the_handler_was_given(TestServer server)
      throws Exception {
    try (BelayClient client = client()) {
      ResponseHandler<String> nesting =
          response -> {
            code.note("handler");
            String inner = client.send(Requests.get(server), code.handler());
            var unused = ContextWay.ENQUEUE.run(client, Requests.get(server), code);
            return inner + unused.join();
          };
      CompletableFuture<String> both = client.sendAsync(Requests.get(server), nesting);
      assertThat(both.get(5, TimeUnit.SECONDS)).isEqualTo("okok");
    }
    assertThat(code.callers()).containsExactly("maker");
    assertThat(code.seen()).containsKeys("handler", "callback");
  }

  @Test
  void who_cancels_a_call_changes_nothing_for_its_code() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = client()) {
      CompletableFuture<String> ending = new CompletableFuture<>();
      Call call = client.newCall(Requests.get(server));
      call.enqueue(code.callback(ending));
      server.awaitRequests(1, Duration.ofSeconds(5));
      MDC.put(Sightings.KEY, "canceller");
      call.cancel();
      assertThat(MDC.get(Sightings.KEY)).isEqualTo("canceller");
      assertThatThrownBy(() -> ending.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(CancelledException.class);
    }
    assertThat(code.callers()).containsExactly("maker");
    assertThat(code.seen()).containsKeys("canceled", "callFailed", "callback");
  }

  @Test
  void who_closes_a_client_changes_nothing_for_the_code_of_its_calls() throws Exception {
    CompletableFuture<String> enqueued = new CompletableFuture<>();
    CompletableFuture<String> later = new CompletableFuture<>();
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = client()) {
      client.newCall(Requests.get(server)).enqueue(code.callback(enqueued));
      CompletableFuture<String> async = ContextWay.ASYNC.run(client, Requests.get(server), code);
      server.awaitRequests(2, Duration.ofSeconds(5));
      MDC.put(Sightings.KEY, "closer");
      CloseReport report = client.close(Duration.ZERO);
      assertThat(report.cancelled()).isEqualTo(2);
      assertThatThrownBy(() -> async.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
      MDC.put(Sightings.KEY, "maker");
      client.newCall(Requests.get(server)).enqueue(code.callback(later));
    }
    for (CompletableFuture<String> ending : Set.of(enqueued, later)) {
      assertThatThrownBy(() -> ending.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ClosedException.class);
    }
    assertThat(code.callers()).containsExactly("maker");
    assertThat(code.seen()).containsKeys("callback", "dependent", "callFailed");
  }

  /** One runs on the thread of the connection, the others beside it. */
  @Test
  void calls_that_share_a_connection_have_each_their_own() throws Exception {
    try (Http2Server server = Http2Server.start();
        BelayClient client = Wire.HTTP_2.applyTo(BelayClient.builder()).build()) {
      List<CompletableFuture<String>> seen = new ArrayList<>();
      for (String caller : List.of("first", "second", "third")) {
        MDC.put(Sightings.KEY, caller);
        seen.add(client.sendAsync(server.get("/wait"), response -> MDC.get(Sightings.KEY)));
      }
      while (server.requests() < seen.size()) {
        Thread.onSpinWait();
      }
      server.release();
      assertThat(seen).map(CompletableFuture::join).containsExactly("first", "second", "third");
    }
  }

  @Test
  void our_warning_about_a_call_carries_its_mdc(TestServer server) throws Exception {
    CompletableFuture<String> warned = new CompletableFuture<>();
    PrintStream before = System.err;
    System.setErr(new PrintStream(new MdcOfLines(warned), true, StandardCharsets.UTF_8));
    try (BelayClient client =
        BelayClient.builder().ownPool(pool -> pool.leakThreshold(Duration.ofMillis(100))).build()) {
      CompletableFuture<String> call =
          client.sendAsync(Requests.get(server), response -> warned.join());
      assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo("maker");
    } finally {
      System.setErr(before);
    }
  }

  /** Completed with the MDC of whoever writes that a connection is held. */
  private static final class MdcOfLines extends ByteArrayOutputStream {
    private final CompletableFuture<String> warned;

    MdcOfLines(CompletableFuture<String> warned) {
      this.warned = warned;
    }

    @Override
    public void flush() {
      if (toString(StandardCharsets.UTF_8).contains("a connection is held for")) {
        boolean unused = warned.complete(String.valueOf(MDC.get(Sightings.KEY)));
      }
    }
  }

  @Test
  void a_response_that_another_thread_closes_ends_in_the_context_of_its_call(TestServer server)
      throws Exception {
    try (BelayClient client = client();
        Response response = client.open(Requests.get(server))) {
      Thread other = new Thread(response::close);
      other.start();
      other.join();
    }
    assertThat(code.seen()).containsEntry("callEnd", Set.of("maker"));
  }
}
