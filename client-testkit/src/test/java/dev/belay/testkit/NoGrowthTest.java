package dev.belay.testkit;

import static dev.belay.testkit.LeakAssertions.assertNoGrowth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NoGrowthTest {
  private final List<Object> kept = new ArrayList<>();

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_socket_that_each_run_leaves_open_is_found() throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(200))) {
      assertThatThrownBy(
              () ->
                  assertNoGrowth(
                      20,
                      () -> kept.add(new Socket(InetAddress.getLoopbackAddress(), server.port()))))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("20 runs of the action left this behind:\n  descriptors: +")
          .hasMessageContaining("99.9 % confidence, 20 samples")
          .hasMessageContaining("port");
    } finally {
      for (Object socket : kept) {
        ((Socket) socket).close();
      }
    }
  }

  @Test
  void a_thread_that_each_run_leaves_behind_is_found() {
    CountDownLatch end = new CountDownLatch(1);
    try {
      assertThatThrownBy(() -> assertNoGrowth(20, () -> startThreadUntil(end)))
          .hasMessageContaining("threads: +1.00 per run, at least 1.00 (99.9 % confidence")
          .hasMessageContaining("forgotten-# WAITING (");
    } finally {
      end.countDown();
    }
  }

  private static void startThreadUntil(CountDownLatch end) {
    Thread thread =
        new Thread(
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setName("forgotten-" + thread.getId());
    thread.start();
  }

  @Test
  void an_array_that_each_run_keeps_is_found() {
    assertThatThrownBy(() -> assertNoGrowth(100, () -> kept.add(new byte[16_000])))
        .hasMessageContaining("bytes of heap: +1")
        .hasMessageContaining("[B +");
  }

  @Test
  @Tag("endurance")
  void clean_and_noisy_actions_pass_fifty_times() throws Exception {
    expectNoAlarm(50);
  }

  private void expectNoAlarm(int rounds) throws Exception {
    Random random = new Random(7);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (TestServer server = TestServer.start(r -> Answer.of(200))) {
      for (int round = 0; round < rounds; round++) {
        assertNoGrowth(20, () -> {});
        assertNoGrowth(20, () -> noisy(random, threads, server.port()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Opens a few and closes them later, keeps for a while, and works in the background. */
  private void noisy(Random random, ExecutorService threads, int port) throws IOException {
    if (random.nextBoolean()) {
      kept.add(new Socket(InetAddress.getLoopbackAddress(), port));
      kept.add(new byte[random.nextInt(100_000)]);
    }
    for (int i = kept.size(); i > random.nextInt(10); i--) {
      Object old = kept.remove(0);
      if (old instanceof Socket socket) {
        socket.close();
      }
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      threads.execute(() -> Thread.onSpinWait());
    }
  }

  @Test
  void what_the_action_throws_is_thrown_at_once() {
    assertThatThrownBy(
            () ->
                assertNoGrowth(
                    10,
                    () -> {
                      throw new IOException("broken");
                    }))
        .isInstanceOf(IOException.class);
  }

  @Test
  void what_was_measured_can_be_read() throws Exception {
    assertThat(assertNoGrowth(10, () -> {}))
        .contains("descriptors +", "threads +", "bytes of heap ", "samples");
  }

  @Test
  void too_few_iterations_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> assertNoGrowth(9, () -> {}));
  }
}
