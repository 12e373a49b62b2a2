package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HostTest {
  @Test
  void what_waits_for_a_thread_that_is_held_up_goes_elsewhere_when_the_connection_is_over()
      throws Exception {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> release = new CompletableFuture<>();
    CompletableFuture<Thread> waiting = new CompletableFuture<>();
    CompletableFuture<Thread> late = new CompletableFuture<>();
    Host host = new Host(task -> new Thread(task, "elsewhere").start());
    host.execute(
        () -> {
          begun.complete(null);
          release.join();
        });
    host.execute(() -> waiting.complete(Thread.currentThread()));
    Thread thread = new Thread(() -> host.serveUntil(release::isDone));
    thread.start();
    begun.get(5, TimeUnit.SECONDS);
    host.isOver();
    host.execute(() -> late.complete(Thread.currentThread()));
    assertThat(waiting.get(5, TimeUnit.SECONDS).getName()).isEqualTo("elsewhere");
    assertThat(late.get(5, TimeUnit.SECONDS).getName()).isEqualTo("elsewhere");
    release.complete(null);
    thread.join(TimeUnit.SECONDS.toMillis(5));
    assertThat(thread.isAlive()).isFalse();
  }
}
