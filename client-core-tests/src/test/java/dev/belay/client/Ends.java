package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what a server did, by the kernel's word: a server knows it before its client can. */
final class Ends {
  private static final long LONGEST = Duration.ofSeconds(20).toNanos();

  private Ends() {}

  /** Until the server's end of a connection has arrived on this side of it. */
  static void awaitEndFrom(TestServer server) {
    await(() -> KernelSockets.to(server.port()).closeWait() > 0);
  }

  /** Until no connection of this process to the port can bring anything any more. */
  static void awaitNoneAlive(int port) {
    await(() -> KernelSockets.to(port).established() == 0);
  }

  private static void await(BooleanSupplier end) {
    long until = System.nanoTime() + LONGEST;
    while (!end.getAsBoolean()) {
      assertThat(System.nanoTime() - until).as("the end never came").isNegative();
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }
}
