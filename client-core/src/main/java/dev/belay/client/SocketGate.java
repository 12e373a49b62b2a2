package dev.belay.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/** The only place where sockets come from: one at a time, for a connection that has a place. */
final class SocketGate extends SocketFactory {
  private final Predicate<TrackedSocket> admits;
  private final String refusal;

  SocketGate(Predicate<TrackedSocket> admits, String refusal) {
    this.admits = admits;
    this.refusal = refusal;
  }

  /** A gate that never opens: for an OkHttp client that is only a template. */
  static SocketGate closed() {
    return new SocketGate(s -> false, "this call is not in the ledger of a Belay pool");
  }

  /**
   * @throws NoPlaceException when the connection is over, or has had its socket
   */
  @Override
  public Socket createSocket() throws IOException {
    TrackedSocket socket = new TrackedSocket();
    if (!admits.test(socket)) {
      socket.close();
      throw new NoPlaceException(refusal);
    }
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw connected();
  }

  private static UnsupportedOperationException connected() {
    return new UnsupportedOperationException("sockets are connected by OkHttp");
  }

  /** No socket for this connection: nothing was sent. */
  static final class NoPlaceException extends IOException {
    private static final long serialVersionUID = 1;

    NoPlaceException(String message) {
      super(message);
    }
  }
}
