package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** Two sockets with a relay between them, and the end of all of it, threads included. */
final class RelayedPair implements Closeable {

  private static final int HANGING_MILLIS = 20_000;

  final Relay relay = Relay.start();
  final ServerSocket target;
  final Socket client;
  final Socket server;

  RelayedPair() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    target = new ServerSocket(0, 50, loopback);
    relay.to(target.getLocalPort());
    client = ready(new Socket(loopback, relay.port()));
    server = ready(target.accept());
  }

  private static Socket ready(Socket socket) throws IOException {
    socket.setSoTimeout(HANGING_MILLIS);
    return socket;
  }

  /** What the relay knows of the one connection that it has. */
  PeerConnection peer() {
    assertThat(relay.witness().open()).hasSize(1);
    return relay.witness().open().get(0);
  }

  /** The one connection, when nothing has come for it for a while: only then is an answer whole. */
  static PeerConnection awaitQuiet(Relay relay) {
    long start = System.nanoTime();
    List<PeerConnection> open = relay.witness().open();
    while (open.stream().anyMatch(PeerConnection::answering)
        && System.nanoTime() - start < Duration.ofSeconds(5).toNanos()) {
      open = relay.witness().open();
    }
    assertThat(open).hasSize(1);
    return open.get(0);
  }

  static void assertNoThreadOf(Relay relay) {
    String prefix = "belay-relay-" + relay.port() + "-";
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith(prefix));
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    target.close();
    relay.close();
    assertNoThreadOf(relay);
  }
}
