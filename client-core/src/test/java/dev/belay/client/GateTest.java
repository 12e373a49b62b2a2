package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.client.ManualPool.CountingWaker;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final ManualPool pool = new ManualPool();
  private final PermitGate gate = new PermitGate(Phase.BULKHEAD, 1, 2, Duration.ofSeconds(3));

  @Test
  void callers_are_let_in_in_their_order() throws Exception {
    CountingWaker waker = new CountingWaker();
    Ticket first = gate.enter(pool.call(waker, MINUTE));
    Ticket second = gate.enter(pool.call(waker, MINUTE));
    Ticket third = gate.enter(pool.call(waker, MINUTE));
    assertThat(List.of(first.isGranted(), second.isWaiting(), third.isWaiting()))
        .containsOnly(true);
    first.giveBack(true);
    assertThat(second.isGranted()).isTrue();
    assertThat(third.isWaiting()).isTrue();
    assertThat(waker.wakes).isEqualTo(1);
  }

  @Test
  void a_permit_that_is_given_back_twice_counts_once() throws Exception {
    Ticket first = gate.enter(pool.call(new CountingWaker(), MINUTE));
    first.giveBack(true);
    first.giveBack(true);
    assertThat(gate.free()).isEqualTo(1);
  }

  @Test
  void an_interrupted_thread_gets_what_is_free_and_passes_on_what_it_gives_back() throws Exception {
    CallEntry one = pool.call(new CountingWaker(), MINUTE);
    CallEntry other = pool.call(new CountingWaker(), MINUTE);
    Thread.currentThread().interrupt();
    try {
      Ticket first = gate.enter(one);
      Ticket second = gate.enter(other);
      assertThat(first.isGranted()).isTrue();
      first.giveBack(true);
      assertThat(second.isGranted()).isTrue();
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      boolean unused = Thread.interrupted();
    }
  }

  @Test
  void a_waiter_that_gave_up_takes_no_permit_and_no_place() throws Exception {
    Ticket first = gate.enter(pool.call(new CountingWaker(), MINUTE));
    Ticket second = gate.enter(pool.call(new CountingWaker(), MINUTE));
    Ticket third = gate.enter(pool.call(new CountingWaker(), MINUTE));
    second.giveBack(false);
    first.giveBack(true);
    assertThat(third.isGranted()).isTrue();
    third.giveBack(true);
    assertThat(gate.free()).isEqualTo(1);
  }

  @Test
  void a_waiter_that_gave_up_leaves_its_place_in_the_queue_to_another() throws Exception {
    Ticket first = gate.enter(pool.call(new CountingWaker(), MINUTE));
    Ticket second = gate.enter(pool.call(new CountingWaker(), MINUTE));
    Ticket third = gate.enter(pool.call(new CountingWaker(), MINUTE));
    second.giveBack(false);
    Ticket fourth = gate.enter(pool.call(new CountingWaker(), MINUTE));
    assertThat(List.of(first.isGranted(), third.isWaiting(), fourth.isWaiting()))
        .containsOnly(true);
  }

  @Test
  void a_full_queue_refuses_at_once() throws Exception {
    for (int i = 0; i < 3; i++) {
      Ticket unused = gate.enter(pool.call(new CountingWaker(), MINUTE));
    }
    assertThatThrownBy(() -> gate.enter(pool.call(new CountingWaker(), MINUTE)))
        .isInstanceOf(LimitReachedException.class)
        .hasMessageContaining("BULKHEAD queue of 2");
  }

  @Test
  void a_wait_ends_when_its_time_is_over_and_not_before() throws Exception {
    CallEntry holder = pool.call(new CountingWaker(), MINUTE);
    holder.enter(gate);
    CountingWaker waker = new CountingWaker();
    CallEntry waiting = pool.call(waker, MINUTE);
    waiting.enter(gate);
    pool.pass(Duration.ofMillis(2_999));
    assertThat(waiting.mayGoOn()).isFalse();
    pool.pass(Duration.ofMillis(1));
    assertThat(waker.wakes).isEqualTo(1);
    assertThatThrownBy(waiting::mayGoOn)
        .isInstanceOf(LimitReachedException.class)
        .hasMessageContaining("no permit of 1 became free in 3000 ms");
  }

  private static Ticket backOff(CallEntry call, Duration pause) {
    return new Pause(Phase.BACK_OFF).until(call, call.deadline.now() + pause.toNanos());
  }

  @Test
  void a_deadline_is_exact_on_the_virtual_clock() throws Exception {
    CountingWaker waker = new CountingWaker();
    CallEntry call = pool.call(waker, Duration.ofSeconds(2));
    call.pause(backOff(call, MINUTE));
    pool.pass(Duration.ofSeconds(2).minusNanos(1));
    assertThat(call.mayGoOn()).isFalse();
    pool.pass(Duration.ofNanos(1));
    assertThatThrownBy(call::mayGoOn)
        .isInstanceOfSatisfying(
            DeadlineExceededException.class,
            e -> assertThat(e.elapsed()).isEqualTo(Duration.ofSeconds(2)));
  }

  @Test
  void a_back_off_is_never_shorter_than_it_should_be() throws Exception {
    CallEntry call = pool.call(new CountingWaker(), MINUTE);
    call.pause(backOff(call, Duration.ofSeconds(1)));
    pool.pass(Duration.ofSeconds(1).minusNanos(1));
    assertThat(call.mayGoOn()).isFalse();
    pool.pass(Duration.ofNanos(1));
    assertThat(call.mayGoOn()).isTrue();
  }

  @Test
  void permits_are_all_there_after_many_callers_that_come_give_up_and_go() throws Exception {
    PermitGate busy = new PermitGate(Phase.BULKHEAD, 3, 1_000, null);
    ExecutorService callers = Executors.newFixedThreadPool(8);
    CountDownLatch ended = new CountDownLatch(8);
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 8; i++) {
      callers.execute(() -> comeAndGo(busy, ended, failures));
    }
    callers.shutdown();
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(failures).isEmpty();
    assertThat(busy.free()).isEqualTo(3);
  }

  private void comeAndGo(PermitGate busy, CountDownLatch ended, Queue<Throwable> failures) {
    try {
      for (int i = 0; i < 50_000; i++) {
        Ticket ticket = busy.enter(pool.call(new CountingWaker(), MINUTE));
        ticket.giveBack(true);
      }
    } catch (Exception e) {
      failures.add(e);
    } finally {
      ended.countDown();
    }
  }
}
