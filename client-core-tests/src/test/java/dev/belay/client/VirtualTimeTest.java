package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import dev.belay.testkit.VirtualClock;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time as users' tests move it: by the public setting alone, with the housekeeper at work. */
@NoLeaks
@Timeout(60)
class VirtualTimeTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration NANO = Duration.ofNanos(1);
  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration YEAR = Duration.ofDays(365);
  private static final CallOptions LONG = CallOptions.deadline(YEAR);
  private static final RetryPolicy HOURLY =
      RetryPolicy.builder().maxAttempts(10).maxBackOff(HOUR).backOff(attempt -> HOUR).build();

  private final VirtualClock clock = new VirtualClock();

  private BoundedPoolBuilder virtual() {
    return BoundedPool.builder().timeSource(clock, clock::whenAdvanced);
  }

  private BelayClient client(RetryPolicy retry) {
    return BelayClient.builder()
        .ownPool(pool -> pool.timeSource(clock, clock::whenAdvanced))
        .retry(retry)
        .build();
  }

  private static TestServer busyFor(int requests) {
    AtomicInteger left = new AtomicInteger(requests);
    return TestServer.start(r -> Answer.of(left.getAndDecrement() > 0 ? 503 : 200, "ok"));
  }

  private static void awaitIn(Phase phase, BelayClient client) {
    while (client.snapshot().holders().stream().noneMatch(h -> h.phase() == phase)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_back_off_is_over_when_the_clock_says_so_and_not_before() throws Exception {
    try (TestServer server = busyFor(1);
        BelayClient client = client(HOURLY)) {
      CompletableFuture<String> call = client.sendAsync(Requests.get(server), Answers.text(), LONG);
      awaitIn(Phase.BACK_OFF, client);
      clock.advance(HOUR.minus(Duration.ofSeconds(1)));
      assertThat(server.requests()).isEqualTo(1);
      clock.advance(Duration.ofSeconds(1));
      assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("ok");
    }
  }

  @Test
  void a_thread_that_waits_for_its_back_off_goes_on_too() throws Exception {
    try (TestServer server = busyFor(1);
        BelayClient client = client(HOURLY)) {
      CompletableFuture<Integer> call =
          CompletableFuture.supplyAsync(() -> status(client, server), r -> new Thread(r).start());
      awaitIn(Phase.BACK_OFF, client);
      clock.advance(HOUR);
      assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo(200);
    }
  }

  private static int status(BelayClient client, TestServer server) {
    try {
      return client.<Integer>send(Requests.get(server), r -> r.code(), LONG);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_deadline_ends_a_call_on_the_nanosecond() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = client(RetryPolicy.none())) {
      CallOptions soon = CallOptions.deadline(Duration.ofSeconds(9));
      CompletableFuture<String> call = client.sendAsync(Requests.get(server), Answers.text(), soon);
      server.awaitRequests(1, Duration.ofSeconds(20));
      clock.advance(Duration.ofSeconds(9).minus(NANO));
      assertThat(call).isNotDone();
      clock.advance(NANO);
      assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DeadlineExceededException.class);
    }
  }

  /** The housekeeper may be about to close it too. */
  @RepeatedTest(20)
  void an_idle_connection_is_closed_when_the_advance_returns(TestServer server) throws Exception {
    try (BoundedPool pool = virtual().idleTime(HOUR).build();
        BelayClient client = BelayClient.builder(pool).build()) {
      client.send(Requests.get(server), Answers.discard());
      clock.advance(HOUR.minus(NANO));
      assertThat(pool.snapshot().idle()).isEqualTo(1);
      clock.advance(NANO);
      assertThat(pool.snapshot().open()).isZero();
    }
  }

  @Test
  void who_moves_the_clock_waits_for_a_sweep_that_runs() throws Exception {
    CountDownLatch sweeping = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicReference<Runnable> look = new AtomicReference<>();
    Thread first = new Thread(() -> look.get().run());
    LongSupplier time =
        () -> {
          if (Thread.currentThread() == first) {
            sweeping.countDown();
            awaitUninterruptibly(mayEnd);
          }
          return clock.getAsLong();
        };
    try (BoundedPool pool = BoundedPool.builder().timeSource(time, look::set).build()) {
      first.start();
      sweeping.await();
      Thread second = new Thread(look.get());
      second.start();
      while (second.getState() != Thread.State.WAITING && second.isAlive()) {
        Thread.onSpinWait();
      }
      assertThat(second.isAlive()).isTrue();
      mayEnd.countDown();
      first.join();
      second.join();
      assertThat(pool.snapshot().open()).isZero();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void no_wait_is_missed_whenever_the_clock_leaps() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
            TestServer.start(r -> Answer.of(requests.incrementAndGet() % 10 == 0 ? 200 : 503));
        BelayClient client = patient()) {
      for (int round = 0; round < 100; round++) {
        CompletableFuture<Integer> call = statusOf(client, server);
        advanceUntilDone(call);
        assertThat(call.get()).isEqualTo(200);
      }
      assertThat(server.requests()).isEqualTo(100 * 10);
    }
  }

  @Test
  void several_threads_may_move_the_clock_while_calls_come_and_go() throws Exception {
    try (TestServer server = busyFor(200);
        BelayClient client = patient()) {
      List<CompletableFuture<Integer>> calls =
          IntStream.range(0, 200).mapToObj(i -> statusOf(client, server)).toList();
      CompletableFuture<?> all = CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new));
      List<Thread> movers =
          IntStream.range(0, 4).mapToObj(i -> new Thread(() -> advanceUntilDone(all))).toList();
      movers.forEach(Thread::start);
      for (Thread mover : movers) {
        mover.join();
      }
      assertThat(calls).allSatisfy(call -> assertThat(call.get()).isIn(200, 503));
    }
  }

  /** One that no run-away clock keeps from its ten attempts. */
  private BelayClient patient() {
    return BelayClient.builder()
        .ownPool(
            pool -> pool.timeSource(clock, clock::whenAdvanced).maxWait(YEAR).leakThreshold(YEAR))
        .attemptTimeout(YEAR)
        .retry(
            RetryPolicy.builder().maxAttempts(10).backOff(attempt -> STEP).withoutBudget().build())
        .build();
  }

  private static CompletableFuture<Integer> statusOf(BelayClient client, TestServer server) {
    return client.sendAsync(Requests.get(server), r -> r.code(), CallOptions.deadline(YEAR));
  }

  /** Whether the call waits by then is left to chance. */
  private void advanceUntilDone(CompletableFuture<?> call) {
    while (!call.isDone()) {
      clock.advance(STEP);
    }
  }

  @Test
  void a_close_takes_its_own_time_on_a_clock_that_stands_still() {
    try (TestServer server = TestServer.start(r -> Answer.stall())) {
      BelayClient client = client(RetryPolicy.none());
      CompletableFuture<String> call = client.sendAsync(Requests.get(server), Answers.text(), LONG);
      awaitIn(Phase.RESPONSE, client);
      CloseReport report = client.close(Duration.ofMillis(1));
      assertThat(report.cancelled()).isEqualTo(1);
      assertThat(report.took()).isPositive();
      assertThat(call).isCompletedExceptionally();
    }
  }

  @Test
  void a_clock_keeps_no_pool_and_may_go_on_without_it() {
    WeakReference<PoolState> gone = closedPool();
    while (gone.get() != null) {
      System.gc();
    }
    clock.advance(HOUR);
  }

  private WeakReference<PoolState> closedPool() {
    try (BoundedPool pool = virtual().build()) {
      return pool.state().self;
    }
  }
}
