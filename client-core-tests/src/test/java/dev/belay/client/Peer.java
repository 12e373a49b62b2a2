package dev.belay.client;

import java.io.Closeable;
import java.io.IOException;
import javax.net.ssl.SSLSocket;

/** Who speaks with the clients of a {@link Front}. */
interface Peer extends Closeable {
  /**
   * Called on a thread of the connection, after the handshake.
   *
   * @throws IOException if the connection is of no use; it is closed then
   */
  void serve(SSLSocket client) throws IOException;
}
