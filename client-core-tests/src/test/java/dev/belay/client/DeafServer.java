package dev.belay.client;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A server that reads the head of one request on each connection, or the first byte of a TLS hello,
 * and nothing more until it is told to listen; then it reads to the end of the stream. What clients
 * send piles up in the kernel, so that they block while they write.
 */
final class DeafServer implements Closeable {
  private static final int TLS_HANDSHAKE = 0x16;
  private static final int SMALL = 4 * 1024;
  private static final int ROOM = 64;
  private static final int MOST_FILLERS = 8;

  private final ServerSocket listener;
  private final List<Socket> fillers;
  private final Set<Integer> heads = ConcurrentHashMap.newKeySet();
  private final CountDownLatch listening = new CountDownLatch(1);
  private final OpenSockets open = new OpenSockets();

  private DeafServer(ServerSocket listener, List<Socket> fillers) {
    this.listener = listener;
    this.fillers = fillers;
  }

  /** One that accepts whoever comes. */
  static DeafServer listening() throws IOException {
    DeafServer server = new DeafServer(bind(ROOM), List.of());
    Thread thread = new Thread(server::accept, "deaf server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  /** One whose kernel drops the packets of whoever tries to connect. */
  static DeafServer withFullBacklog() throws IOException {
    ServerSocket listener = bind(1);
    List<Socket> fillers = new ArrayList<>();
    while (fillers.size() < MOST_FILLERS && connects(listener, fillers)) {}
    return new DeafServer(listener, fillers);
  }

  private static ServerSocket bind(int backlog) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReceiveBufferSize(SMALL);
    listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0), backlog);
    return listener;
  }

  private static boolean connects(ServerSocket listener, List<Socket> fillers) throws IOException {
    Socket filler = new Socket();
    try {
      filler.connect(listener.getLocalSocketAddress(), 50);
      fillers.add(filler);
      return true;
    } catch (IOException e) {
      filler.close();
      return false;
    }
  }

  String host() {
    return listener.getInetAddress().getHostAddress();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The connections of this process that are not its clients'. */
  int fillers() {
    return fillers.size();
  }

  /** The last part of the path of each request whose head has come in. */
  Set<Integer> heads() {
    return heads;
  }

  private void accept() {
    try {
      while (true) {
        Socket accepted = listener.accept();
        open.opened(accepted);
        Thread thread = new Thread(() -> serve(accepted), "deaf server's connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // The listener was closed: that is the end.
    }
  }

  private void serve(Socket accepted) {
    try (accepted) {
      InputStream in = new BufferedInputStream(accepted.getInputStream(), 1);
      readHead(in);
      listening.await();
      long unused = in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException | InterruptedException e) {
      // The client's end of it, in whatever manner.
    } finally {
      open.closed(accepted);
    }
  }

  private void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      if (next == TLS_HANDSHAKE) {
        return;
      }
      head.append((char) next);
    }
    int slash = head.indexOf("/");
    heads.add(Integer.parseInt(head.substring(slash + 1, head.indexOf(" ", slash))));
  }

  /** From now on it reads everything, up to the end of each connection. */
  void listen() {
    listening.countDown();
  }

  void awaitNoneOpen(Duration limit) throws InterruptedException {
    open.awaitNone(limit);
  }

  @Override
  public void close() throws IOException {
    listen();
    listener.close();
    for (Socket filler : fillers) {
      filler.close();
    }
  }
}
