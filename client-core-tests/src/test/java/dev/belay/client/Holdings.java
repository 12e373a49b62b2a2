package dev.belay.client;

import dev.belay.testkit.KernelSockets;
import java.io.IOException;
import java.util.List;

/** What a client holds now, by the kernel's, the JVM's and its own account. */
record Holdings(int sockets, int places, List<Integer> freePermits, List<String> threads) {
  static Holdings of(BelayClient client, int port) throws IOException {
    int sockets = KernelSockets.isAvailable() ? KernelSockets.to(port).open() : 0;
    List<Integer> free =
        client.state.ways().calls().gates.stream()
            .filter(PermitGate.class::isInstance)
            .map(gate -> ((PermitGate) gate).free())
            .toList();
    return new Holdings(sockets, client.snapshot().open(), free, OurThreads.names());
  }
}
