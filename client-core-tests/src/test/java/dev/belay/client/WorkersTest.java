package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One thread takes the tasks of many: what one of them leaves behind must not reach the next. */
class WorkersTest {
  private final Workers one = new Workers("one", 1, null);

  @Test
  void an_interrupt_that_a_task_left_is_not_the_next_ones() throws Exception {
    CompletableFuture<Void> bothAreQueued = new CompletableFuture<>();
    CompletableFuture<Boolean> second = new CompletableFuture<>();
    one.execute(
        () -> {
          bothAreQueued.join();
          Thread.currentThread().interrupt();
        });
    one.execute(() -> second.complete(Thread.currentThread().isInterrupted()));
    bothAreQueued.complete(null);
    assertThat(second.get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void a_handler_of_uncaught_exceptions_that_throws_does_not_stop_them() throws Exception {
    CompletableFuture<Thread> told = new CompletableFuture<>();
    one.execute(
        () -> {
          Thread.currentThread()
              .setUncaughtExceptionHandler(
                  (thread, e) -> {
                    told.complete(thread);
                    throw new IllegalStateException("of the handler");
                  });
          throw new IllegalStateException("of the task");
        });
    assertThat(told.get(10, TimeUnit.SECONDS).getName()).isEqualTo("one");
    CompletableFuture<String> next = new CompletableFuture<>();
    one.execute(() -> next.complete("ran"));
    assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("ran");
  }
}
