package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
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
    for (int round = 0; round < ROUNDS; round++) {
      Allowance allowance = new Allowance();
      allowance.begin(100);
      CountDownLatch go = new CountDownLatch(1);
      CompletableFuture<?>[] both =
          IntStream.range(0, 2)
              .mapToObj(i -> CompletableFuture.runAsync(() -> step(allowance, i == 0, go)))
              .toArray(CompletableFuture[]::new);
      go.countDown();
      CompletableFuture.allOf(both).get();
      assertThat(allowance.isExceededBy(REST)).as("round %d", round).isFalse();
    }
  }

  private static void step(Allowance allowance, boolean ends, CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (ends) {
      allowance.end(100, false);
    } else {
      allowance.begin(1);
    }
  }
}
