package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private static final int ROUNDS = 5_000;
  private static final int REST = 16 << 20;

  @Test
  void what_may_come_is_added_up_and_taken_back() {
    Allowance allowance = new Allowance();
    allowance.begin(100);
    allowance.begin(50);
    assertThat(allowance.isExceededBy(150)).isFalse();
    assertThat(allowance.isExceededBy(1)).isTrue();
    allowance.end(100, true);
    assertThat(allowance.isExceededBy(50)).isFalse();
    assertThat(allowance.isExceededBy(1)).isTrue();
  }

  /** Else what a server had sent ahead of a closed stream ends the call that begins meanwhile. */
  @Test
  void a_call_that_begins_takes_no_rest_away_from_one_that_ends() throws Exception {
    List<Allowance> allowances = Stream.generate(Allowance::new).limit(ROUNDS).toList();
    allowances.forEach(allowance -> allowance.begin(100));
    AtomicInteger arrived = new AtomicInteger();
    Thread ending = new Thread(() -> each(allowances, arrived, a -> a.end(100, false)));
    ending.start();
    each(allowances, arrived, allowance -> allowance.begin(1));
    ending.join();
    assertThat(allowances.stream().filter(allowance -> allowance.isExceededBy(REST)).count())
        .isZero();
  }

  /** Both threads take each step when both have come to it. */
  private static void each(
      List<Allowance> allowances, AtomicInteger arrived, Consumer<Allowance> step) {
    for (int round = 0; round < allowances.size(); round++) {
      int unused = arrived.incrementAndGet();
      while (arrived.get() < 2 * (round + 1)) {
        Thread.onSpinWait();
      }
      step.accept(allowances.get(round));
    }
  }
}
