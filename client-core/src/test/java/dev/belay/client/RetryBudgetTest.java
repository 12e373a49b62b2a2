package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final RetryBudget.Terms FIFTH = new RetryBudget.Terms(0.2, 10);

  private final RetryBudget budget = new RetryBudget();

  private int takeAll(long now) {
    int taken = 0;
    while (budget.take(FIFTH, now)) {
      taken++;
    }
    return taken;
  }

  @Test
  void it_is_a_share_of_the_calls_and_a_reserve() {
    assertThat(takeAll(0)).isEqualTo(10);
    for (int i = 0; i < 100; i++) {
      budget.called(SECOND);
    }
    assertThat(takeAll(2 * SECOND)).isEqualTo(20);
  }

  @Test
  void it_comes_back_with_time() {
    assertThat(takeAll(-5 * SECOND)).isEqualTo(10);
    assertThat(takeAll(5 * SECOND)).isZero();
    assertThat(takeAll(6 * SECOND)).isEqualTo(10);
  }

  @Test
  void refusals_are_told_once_a_second_with_their_number() {
    int taken = takeAll(0);
    assertThat(taken).isEqualTo(10);
    assertThat(budget.refusals(0)).isEqualTo(1);
    assertThat(budget.take(FIFTH, 1)).isFalse();
    assertThat(budget.take(FIFTH, 2)).isFalse();
    assertThat(budget.refusals(2)).isZero();
    assertThat(budget.refusals(SECOND)).isEqualTo(2);
    assertThat(budget.refusals(3 * SECOND)).isZero();
  }

  @Test
  void one_that_nobody_used_lately_is_as_good_as_new() {
    assertThat(budget.isUnused(0)).isTrue();
    budget.called(0);
    assertThat(budget.isUnused(10 * SECOND)).isFalse();
    assertThat(budget.isUnused(11 * SECOND)).isTrue();
  }

  /** Counted the simple way: every call and repetition of the last eleven seconds remembered. */
  @RepeatedTest(50)
  void it_never_gives_more_than_its_terms_in_any_ten_seconds(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    RetryBudget.Terms terms = new RetryBudget.Terms(random.nextDouble(), random.nextInt(20));
    Deque<Long> calls = new ArrayDeque<>();
    Deque<Long> repeated = new ArrayDeque<>();
    long now = random.nextLong() / 4;
    for (int i = 0; i < 2_000; i++) {
      now += (long) (random.nextDouble() * random.nextDouble() * 0.5 * SECOND);
      forgetBefore(now - 11 * SECOND, calls);
      forgetBefore(now - 10 * SECOND, repeated);
      if (random.nextBoolean()) {
        budget.called(now);
        calls.add(now);
      } else if (budget.take(terms, now)) {
        repeated.add(now);
        assertThat(repeated.size()).isLessThanOrEqualTo(allowed(terms, calls.size()));
      }
    }
  }

  private static int allowed(RetryBudget.Terms terms, int calls) {
    return (int) Math.floor(terms.share() * calls + terms.reserve());
  }

  private static void forgetBefore(long start, Deque<Long> moments) {
    while (!moments.isEmpty() && moments.peek() - start <= 0) {
      long unused = moments.remove();
    }
  }
}
