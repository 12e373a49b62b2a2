package dev.belay.client;

import dev.belay.testkit.KernelSockets;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import okhttp3.Request;

/** A server in whose company calls get into one state. */
interface CloseScene extends Closeable {
  /** A client that gets there, not yet built. */
  BelayClientBuilder client();

  /** The call with this number. */
  Request request(int call);

  /** The numbers of the calls of which a whole head has come in. */
  Set<Integer> heads();

  /** Called when the client is closed: the server goes on to listen, to see the ends. */
  void clientIsClosed();

  /** The server's own witness. */
  void awaitNoneOpen(Duration limit) throws InterruptedException;

  int port();

  /** The kernel's witness; one that cannot be asked sees nothing. */
  default int openByKernel() {
    return KernelSockets.isAvailable() ? KernelSockets.to(port()).open() : 0;
  }

  @Override
  void close() throws IOException;
}
