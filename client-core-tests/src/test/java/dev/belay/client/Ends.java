package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what a server did, by the kernel's word: a server knows it before its client can. */
final class Ends {
  private static final long LONGEST = Duration.ofSeconds(20).toNanos();

  private Ends() {}

  /** Until the server's end of a connection has arrived on this side of it. */
  static void awaitEndFrom(TestServer server) {
    long until = System.nanoTime() + LONGEST;
    while (KernelSockets.to(server.port()).closeWait() == 0) {
      assertThat(System.nanoTime() - until).as("the end never came").isNegative();
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }
}
