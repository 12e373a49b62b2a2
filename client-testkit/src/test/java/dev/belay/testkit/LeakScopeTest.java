package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.client.BoundedPool;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LeakScopeTest {
  private static final LeakOptions HASTY =
      new LeakOptions(LeakOptions.STRICT.grace().dividedBy(10), List.of());

  private static LeakScope scopeOf(TestIdentity who) {
    return new LeakScope(who, HASTY.grace(), OptOut.none());
  }

  /** Stands for a test on a thread of its own. */
  private static <T> T elsewhere(Supplier<T> step) {
    return CompletableFuture.supplyAsync(step, task -> new Thread(task, "another test").start())
        .join();
  }

  @Test
  void a_test_is_not_blamed_for_what_another_class_opens_beside_it() {
    LeakScope alone =
        elsewhere(() -> scopeOf(TestIdentity.ofMethod(Runs.class, "a_test_of_another_class")));
    try (BoundedPool pool = BoundedPool.builder().build()) {
      Verdict verdict = alone.end(HASTY);
      assertThat(verdict.leaks()).isEmpty();
      assertThat(verdict.unclaimed()).hasSize(1);
      assertThat(pool.close(HASTY.grace()).clean()).isTrue();
      assertThat(BoundedPool.openPools()).isEmpty();
    }
  }

  @Test
  void a_class_is_not_blamed_for_what_a_running_test_opens_by_its_methods() {
    LeakScope type = scopeOf(TestIdentity.ofClass(LeakScopeTest.class));
    LeakScope running = scopeOf(TestIdentity.ofMethod(Runs.class, "runs_on"));
    try (BoundedPool pool = BoundedPool.builder().name("of the other").build()) {
      assertThat(type.end(HASTY).leaks()).isEmpty();
      assertThat(pool.snapshot().name()).isEqualTo("of the other");
      assertThat(running.end(HASTY).leaks()).hasSize(1);
    }
  }

  @Test
  void an_interrupted_test_is_judged_and_stays_interrupted() {
    LeakScope scope = scopeOf(TestIdentity.ofMethod(LeakScopeTest.class, "an_interrupted_test"));
    try (BoundedPool pool = BoundedPool.builder().build()) {
      Thread.currentThread().interrupt();
      assertThat(scope.end(HASTY).leaks()).hasSize(1);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(pool.snapshot().open()).isZero();
    }
  }
}
