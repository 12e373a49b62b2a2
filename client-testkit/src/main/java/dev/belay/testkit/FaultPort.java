package dev.belay.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A port of a {@link FaultServer}, with a thread that accepts and one for each connection. */
final class FaultPort implements Closeable {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BACKLOG = 128;
  private static final int SMALL = 4 * 1024;

  private final ServerSocket listener = new ServerSocket();
  private final FaultCount count;
  private final ServerThreads threads;
  private final Service service;
  private final String name;
  private final AtomicInteger accepted = new AtomicInteger();

  /** What is done about each connection, on a thread of its own. */
  @FunctionalInterface
  interface Service {
    void serve(Socket accepted, int number) throws IOException;
  }

  FaultPort(String name, FaultCount count, ServerThreads threads, Service service)
      throws IOException {
    this.name = "belay-fault-server-" + name;
    this.count = count;
    this.threads = threads;
    this.service = service;
  }

  /**
   * @param narrow whether its connections take little that nobody reads
   */
  FaultPort listen(boolean narrow) throws IOException {
    if (narrow) {
      listener.setReceiveBufferSize(SMALL);
    }
    listener.bind(address(0), BACKLOG);
    threads.start(name, this::accept);
    return this;
  }

  static InetSocketAddress address(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
  }

  int number() {
    return listener.getLocalPort();
  }

  boolean isClosed() {
    return listener.isClosed();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        int number = accepted.incrementAndGet();
        count.opened(socket);
        threads.start(name + "-" + number, () -> serve(socket, number));
      } catch (IOException e) {
        // The listener was closed, or the machine has no descriptor left, which is the test's end.
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      socket.setTcpNoDelay(true);
      service.serve(socket, number);
    } catch (IOException e) {
      // The client or the server closed the connection: nobody is left to tell.
    } finally {
      count.closed(socket);
    }
  }

  /** Of the port only: the connections go on. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }
}
