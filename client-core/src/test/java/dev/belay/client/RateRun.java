package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.client.ManualPool.CountingWaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Calls that come to a rate gate, give up and are let in, in an order that a seed decides. */
final class RateRun {
  private final ManualPool pool;
  private final RateGate gate;
  private final Duration step;
  private final Random random;
  private final List<CallEntry> waiting = new ArrayList<>();
  private final List<Long> begun = new ArrayList<>();

  RateRun(ManualPool pool, RateGate gate, Duration step, Random random) {
    this.pool = pool;
    this.gate = gate;
    this.step = step;
    this.random = random;
  }

  /** When attempts began. Somebody looks whenever a turn has come. */
  List<Long> events(int count) throws CallFailedException {
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> come();
        case 2 -> giveUp();
        default -> pass(random.nextInt(2 * (int) step.toNanos()));
      }
      begin();
    }
    waiting.forEach(call -> call.end(null));
    return begun;
  }

  private void come() throws CallFailedException {
    CallEntry call = pool.call(new CountingWaker(), step.multipliedBy(1 + random.nextInt(30)));
    try {
      call.enter(gate);
      waiting.add(call);
    } catch (LimitReachedException e) {
      call.end(e);
    }
  }

  private void giveUp() {
    if (!waiting.isEmpty()) {
      waiting.remove(random.nextInt(waiting.size())).end(null);
    }
  }

  private void pass(long nanos) throws CallFailedException {
    long end = pool.now + nanos;
    while (!waiting.isEmpty() && turnOf(waiting.get(0)) - end <= 0) {
      pool.pass(Duration.ofNanos(turnOf(waiting.get(0)) - pool.now));
      begin();
    }
    pool.pass(Duration.ofNanos(end - pool.now));
  }

  private static long turnOf(CallEntry first) {
    return Objects.requireNonNull(first.ticket()).until();
  }

  private void begin() throws CallFailedException {
    while (!waiting.isEmpty() && waiting.get(0).mayGoOn()) {
      waiting.remove(0).end(null);
      begun.add(pool.now);
    }
    for (CallEntry call : waiting) {
      assertThat(call.mayGoOn()).as("in order, and never past its deadline").isFalse();
    }
  }
}
