package dev.belay.client;

import static dev.belay.client.LimitReachedException.Limit.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.client.ManualPool.CountingWaker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateGateTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration STEP = Duration.ofMillis(20);
  private final ManualPool pool = new ManualPool();
  private final RateGate gate = gate(RateLimit.perSecond(50), 1_000);

  private RateGate gate(RateLimit limit, int maxQueue) {
    return new RateGate(limit, maxQueue, pool.state.clock);
  }

  private CallEntry enter(RateGate at, Duration deadline) throws CallFailedException {
    CallEntry call = pool.call(new CountingWaker(), deadline);
    call.enter(at);
    return call;
  }

  private CallEntry enter() throws CallFailedException {
    return enter(gate, MINUTE);
  }

  @Test
  void a_client_that_was_idle_begins_one_attempt_at_once_and_not_fifty() throws Exception {
    pool.pass(MINUTE);
    assertThat(enter().mayGoOn()).isTrue();
    assertThat(enter().mayGoOn()).isFalse();
  }

  @Test
  void fifty_a_second_are_five_hundred_in_ten_in_their_order() throws Exception {
    Deque<CallEntry> waiting = new ArrayDeque<>();
    for (int i = 0; i < 600; i++) {
      waiting.add(enter());
    }
    int begun = 0;
    for (int millis = 0; millis < 10_000; millis++) {
      while (waiting.getFirst().mayGoOn()) {
        waiting.removeFirst();
        begun++;
      }
      assertThat(waiting).as("in order").noneMatch(RateGateTest::isLetIn);
      pool.pass(Duration.ofMillis(1));
    }
    assertThat(begun).isBetween(499, 501);
  }

  private static boolean isLetIn(CallEntry call) {
    Ticket ticket = call.ticket();
    return ticket != null && ticket.isGranted();
  }

  @Test
  void a_turn_comes_at_its_step_and_not_before() throws Exception {
    CallEntry unused = enter();
    CallEntry second = enter();
    pool.pass(STEP.minusNanos(1));
    assertThat(second.mayGoOn()).isFalse();
    pool.pass(Duration.ofNanos(1));
    assertThat(second.mayGoOn()).isTrue();
  }

  @Test
  void one_look_lets_in_all_whose_turn_has_come() throws Exception {
    RateGate fast = gate(RateLimit.perSecond(10_000), 1_000);
    List<CallEntry> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(enter(fast, MINUTE));
    }
    pool.pass(Duration.ofMillis(1));
    assertThat(calls).filteredOn(RateGateTest::isLetIn).hasSize(11);
    pool.pass(Duration.ofMillis(5));
    assertThat(calls).filteredOn(RateGateTest::isLetIn).hasSize(61);
  }

  @Test
  void nobody_gets_a_turn_from_before_it_came() throws Exception {
    CallEntry first = enter();
    CallEntry second = enter();
    pool.now += STEP.multipliedBy(10).toNanos(); // nobody looks
    CallEntry third = enter();
    CallEntry fourth = enter();
    pool.pass(Duration.ZERO);
    assertThat(List.of(first, second, third)).allMatch(RateGateTest::isLetIn);
    assertThat(fourth.mayGoOn()).isFalse();
  }

  @Test
  void one_whose_turn_comes_after_its_deadline_is_refused_at_once() throws Exception {
    for (int i = 0; i < 5; i++) {
      CallEntry unused = enter();
    }
    CallEntry inTime = enter(gate, STEP.multipliedBy(5).plusNanos(1));
    assertThatThrownBy(() -> enter(gate, STEP.multipliedBy(6)))
        .isInstanceOfSatisfying(
            LimitReachedException.class,
            e -> {
              assertThat(e.limit()).isEqualTo(LimitReachedException.Limit.RATE);
              assertThat(e.retryAfter()).contains(STEP.multipliedBy(6));
              assertThat(e.phase()).isEqualTo(Phase.RATE);
              assertThat(e).hasMessageContaining("at most 50 attempts in 1000 ms");
            });
    pool.pass(STEP.multipliedBy(5));
    assertThat(inTime.mayGoOn()).isTrue();
  }

  @Test
  void a_full_queue_refuses_at_once() throws Exception {
    RateGate narrow = gate(RateLimit.perSecond(50), 1);
    CallEntry first = enter(narrow, MINUTE);
    CallEntry waiting = enter(narrow, MINUTE);
    assertThatThrownBy(() -> enter(narrow, MINUTE))
        .isInstanceOfSatisfying(
            LimitReachedException.class, e -> assertThat(e.limit()).isEqualTo(QUEUE));
    assertThat(first.mayGoOn()).isTrue();
    assertThat(waiting.mayGoOn()).isFalse();
  }

  @Test
  void the_first_that_gives_up_passes_its_turn_on() throws Exception {
    CallEntry unused = enter();
    CallEntry first = enter();
    CountingWaker waker = new CountingWaker();
    CallEntry next = pool.call(waker, MINUTE);
    next.enter(gate);
    first.end(null);
    pool.pass(STEP);
    assertThat(next.mayGoOn()).isTrue();
    assertThat(waker.wakes).isEqualTo(1);
  }

  @Test
  void one_that_has_given_up_and_not_left_yet_takes_no_turn() throws Exception {
    CallEntry unused = enter();
    CallEntry first = enter();
    CallEntry next = enter();
    Ticket over = Objects.requireNonNull(first.ticket());
    assertThat(over.refuse(call -> call.limitReached(gate, QUEUE, "no more"))).isTrue();
    pool.now += STEP.toNanos();
    gate.expire(over);
    assertThat(next.mayGoOn()).isTrue();
  }

  @Test
  void whatever_happens_turns_keep_their_distance_and_their_order() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      RateLimit limit = RateLimit.of(1 + random.nextInt(7), Duration.ofMillis(10));
      List<Long> begun = new RateRun(pool, gate(limit, 20), limit.step(), random).events(300);
      long step = limit.step().toNanos();
      for (int i = 0; i < begun.size(); i++) {
        for (int j = i + 1; j < begun.size(); j++) {
          long steps = (begun.get(j) - begun.get(i)) / step;
          assertThat(j - i + 1L).as("seed %d", seed).isLessThanOrEqualTo(steps + 2);
        }
      }
    }
  }

  @Test
  void many_threads_that_come_and_give_up_lose_no_turn_and_get_none_too_many() throws Exception {
    AtomicLong time = new AtomicLong();
    RateGate busy = new RateGate(RateLimit.perSecond(50), 1_000, time::get);
    Queue<Ticket> tickets = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Void>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        runs.add(threads.submit(() -> comeAndGo(busy, time, tickets)));
      }
      for (Future<Void> run : runs) {
        Void unused = run.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    long letIn = tickets.stream().filter(Ticket::isGranted).count();
    assertThat(letIn).isBetween(1L, time.get() / STEP.toNanos() + 1);
    long unused = time.addAndGet(Duration.ofHours(1).toNanos());
    busy.expire(tickets.element());
    assertThat(tickets).noneMatch(Ticket::isWaiting);
  }

  /** Keeps what it is let in with, and gives up half of its waits. */
  private Void comeAndGo(RateGate busy, AtomicLong time, Queue<Ticket> tickets)
      throws CallFailedException {
    CallEntry call = pool.call(new CountingWaker(), Duration.ofDays(1));
    for (int i = 0; i < 10_000; i++) {
      long unused = time.addAndGet(STEP.dividedBy(9).toNanos());
      try {
        Ticket ticket = busy.enter(call);
        tickets.add(ticket);
        if (ticket.isWaiting() && ThreadLocalRandom.current().nextBoolean()) {
          ticket.giveBack(false);
        }
        busy.expire(ticket);
      } catch (LimitReachedException e) {
        assertThat(e.limit()).isEqualTo(QUEUE);
      }
    }
    return null;
  }

  @Test
  void a_step_is_never_shorter_than_its_part_of_the_period() {
    assertThat(RateLimit.perSecond(50).step()).isEqualTo(STEP);
    assertThat(RateLimit.perSecond(3).step()).isEqualTo(Duration.ofNanos(333_333_334));
    assertThat(RateLimit.of(Integer.MAX_VALUE, Duration.ofNanos(1)).step())
        .isEqualTo(Duration.ofNanos(1));
  }
}
