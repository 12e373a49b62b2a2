package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * An address that answers nothing to whoever connects: the queue of its listener is full, and then
 * Linux drops what asks for a place in it.
 */
final class BlackHole implements Closeable {
  private static final int MOST = 20;
  private static final int PATIENCE_MILLIS = 200;
  private final ServerSocket listener;
  private final List<Socket> queue = new ArrayList<>();

  private BlackHole(ServerSocket listener) {
    this.listener = listener;
  }

  /** At 127.0.0.x, with x above 1: the server of the test is at 127.0.0.1, on the same port. */
  static BlackHole at(int x, int port) throws IOException {
    BlackHole hole = new BlackHole(new ServerSocket(port, 1, loopback(x)));
    while (hole.takesOneMore()) {
      assertThat(hole.queue).hasSizeLessThan(MOST);
    }
    return hole;
  }

  static InetAddress loopback(int x) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) x});
  }

  private boolean takesOneMore() throws IOException {
    Socket one = new Socket();
    queue.add(one);
    try {
      one.connect(
          new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()),
          PATIENCE_MILLIS);
      return true;
    } catch (SocketTimeoutException e) {
      one.close();
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket one : queue) {
      one.close();
    }
    listener.close();
  }
}
