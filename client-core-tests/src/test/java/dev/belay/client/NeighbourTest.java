package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one call's code does must not reach the next call on the same connection. */
@NoLeaks
class NeighbourTest {
  private static final int CALLS = 20;

  @Test
  void a_callback_that_throws_costs_nobody_his_connection(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().maxConnections(1).build()) {
      CountDownLatch thrown = new CountDownLatch(CALLS);
      for (int i = 0; i < CALLS; i++) {
        client.newCall(Requests.get(server)).enqueue(new Throwing(thrown));
        assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
      }
      assertThat(thrown.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(server.totalConnections()).isEqualTo(1);
    }
  }

  private record Throwing(CountDownLatch thrown) implements Callback {
    @Override
    public void onFailure(Call call, IOException e) {}

    @Override
    public void onResponse(Call call, Response response) throws IOException {
      try (response) {
        assertThat(response.body().string()).isEqualTo("ok");
      }
      Thread.currentThread().setUncaughtExceptionHandler((t, e) -> {});
      thrown.countDown();
      throw new IllegalStateException("thrown by a callback");
    }
  }

  @Test
  void an_interceptor_that_proceeds_twice_keeps_the_connection_of_its_second_answer()
      throws Exception {
    Interceptor twice =
        chain -> {
          chain.proceed(chain.request()).close();
          return chain.proceed(chain.request());
        };
    try (TestServer server = TestServer.start(r -> Answer.of(200, "x".repeat(100_000)));
        BelayClient client = BelayClient.builder().interceptor(twice).build();
        Response open = client.open(Requests.get(server))) {
      assertThat(client.snapshot().leased()).isEqualTo(1);
      assertThat(open.body().string()).hasSize(100_000);
      assertThat(client.snapshot().leased()).isZero();
    }
  }

  @Test
  void the_call_that_an_interceptor_sees_is_its_own_and_harms_no_other(TestServer server)
      throws IOException {
    AtomicReference<Call> seen = new AtomicReference<>();
    Interceptor keeping =
        chain -> {
          seen.set(chain.call());
          return chain.proceed(chain.request());
        };
    try (BelayClient client = BelayClient.builder().interceptor(keeping).build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      assertThat(seen.get().request().url().encodedPath()).isEqualTo("/get");
      seen.get().cancel();
      assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
      assertThat(server.totalConnections()).isEqualTo(1);
    }
  }

  @Test
  void errors_of_listeners_neither_fail_a_call_nor_keep_it_open(TestServer server)
      throws Exception {
    EventListener failing =
        new EventListener() {
          @Override
          public void callStart(Call call) {
            throw new AssertionError("callStart");
          }

          @Override
          public void responseBodyEnd(Call call, long byteCount) {
            throw new AssertionError("responseBodyEnd");
          }

          @Override
          public void callEnd(Call call) {
            throw new AssertionError("callEnd");
          }
        };
    try (BelayClient client = BelayClient.builder().eventListener(call -> failing).build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      assertThat(client.sendAsync(Requests.get(server), Answers.text()).get(5, TimeUnit.SECONDS))
          .isEqualTo("ok");
      assertThat(client.snapshot().leased()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"future", "callback"})
  void a_listener_that_blocks_at_the_end_of_its_call_delays_no_other(String way) throws Exception {
    CompletableFuture<Void> release = new CompletableFuture<>();
    CountDownLatch bothWait = new CountDownLatch(1);
    EventListener blocking =
        new EventListener() {
          @Override
          public void callEnd(Call call) {
            release.join();
          }
        };
    try (TestServer server =
            TestServer.start(
                r -> {
                  bothWait.await();
                  return Answer.of(way.equals("future") ? 200 : 204);
                });
        BoundedPool pool = BoundedPool.builder().maxConnections(1).build();
        BelayClient slow = BelayClient.builder(pool).eventListener(call -> blocking).build();
        BelayClient sibling = BelayClient.builder(pool).build()) {
      if (way.equals("future")) {
        CompletableFuture<Void> unused = slow.sendAsync(Requests.get(server), Answers.discard());
      } else {
        slow.newCall(Requests.get(server)).enqueue(new Throwing(new CountDownLatch(1)));
      }
      CompletableFuture<?> next = sibling.sendAsync(Requests.get(server), Answers.discard());
      bothWait.countDown();
      assertThat(next.get(10, TimeUnit.SECONDS)).isNull();
      release.complete(null);
    }
  }

  @Test
  void dependents_that_block_delay_no_other_call_and_no_deadline() throws Exception {
    CompletableFuture<Void> release = new CompletableFuture<>();
    CountDownLatch attached = new CountDownLatch(1); // else this thread would run the dependents
    try (TestServer server =
            TestServer.start(
                r -> {
                  attached.await();
                  return r.path().equals("/get") ? Answer.of(200, "ok") : Answer.stall();
                });
        BelayClient client = BelayClient.builder().maxConnections(2).build()) {
      List<CompletableFuture<Void>> blocked = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        blocked.add(
            client
                .sendAsync(Requests.get(server), Answers.text())
                .thenAccept(text -> release.join()));
      }
      attached.countDown();
      CallOptions quick = CallOptions.deadline(Duration.ofMillis(300));
      CompletableFuture<String> late =
          client.sendAsync(Requests.post(server), Answers.text(), quick);
      assertThatThrownBy(() -> late.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DeadlineExceededException.class);
      release.complete(null);
      for (CompletableFuture<Void> call : blocked) {
        assertThat(call.get(5, TimeUnit.SECONDS)).isNull();
      }
    }
  }

  @Test
  void an_idle_connection_keeps_neither_request_nor_result(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().build()) {
      WeakReference<Request> request = sendAndForget(client, server);
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (request.get() != null && System.nanoTime() - until < 0) {
        System.gc();
      }
      assertThat(client.snapshot().idle()).isEqualTo(1);
      assertThat(request.get()).isNull();
    }
  }

  private static WeakReference<Request> sendAndForget(BelayClient client, TestServer server)
      throws IOException {
    Request request = Requests.post(server);
    assertThat(client.send(request, Answers.text())).isEqualTo("ok");
    return new WeakReference<>(request);
  }
}
