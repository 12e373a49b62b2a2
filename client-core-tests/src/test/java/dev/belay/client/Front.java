package dev.belay.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import okhttp3.HttpUrl;

/**
 * Speaks TLS to clients, and HTTP/2 where it is to, and clear HTTP/1.1 to the server behind it. It
 * is the one who sees the connections of clients, so it counts them.
 */
final class Front implements Closeable {
  private static final int ROOM = 512;

  private final Wire wire;
  private final Peer peer;
  private final ServerSocket listener;
  private final OpenSockets open = new OpenSockets();

  /**
   * @param behind the server that answers
   */
  Front(Wire wire, HttpUrl behind) throws IOException {
    this(wire, wire == Wire.HTTP_2 ? new Http2Translator(behind) : new Pipe(behind));
  }

  /**
   * @param peer who answers; closed with this
   */
  Front(Wire wire, Peer peer) throws IOException {
    this.wire = wire;
    this.peer = peer;
    listener = new Listener(ROOM);
    start("front", this::accept);
  }

  static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Hands out sockets that tell when they are closed. */
  private final class Listener extends ServerSocket {
    Listener(int room) throws IOException {
      super(0, room, InetAddress.getByName("localhost"));
    }

    @Override
    public Socket accept() throws IOException {
      Counted socket = new Counted();
      implAccept(socket);
      return socket;
    }
  }

  /** Who reads to the end of its stream closes it. */
  private final class Counted extends Socket {
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the method that it calls is
    public void close() throws IOException {
      super.close();
      if (closed.compareAndSet(false, true)) {
        open.closed(this);
      }
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.opened(socket);
        socket.setTcpNoDelay(true);
        start("front connection", () -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try {
      SSLSocket secured = wire.secure(socket);
      secured.startHandshake();
      peer.serve(secured);
    } catch (IOException e) {
      closeQuietly(socket); // a client that was closed meanwhile
    }
  }

  /** Passes every byte on. */
  private record Pipe(HttpUrl behind) implements Peer {
    @Override
    public void serve(SSLSocket client) throws IOException {
      Socket server = new Socket(InetAddress.getByName(behind.host()), behind.port());
      start("front answers", () -> copy(server, client));
      copy(client, server);
    }

    @Override
    public void close() {}
  }

  /** Its end is the end of both. */
  static void copy(Socket from, Socket to) {
    try {
      long unused = from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of them is closed, and the other follows.
    } finally {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }

  /** The numbers, which are their paths, of the requests that streams began with. */
  Set<Integer> heads() {
    return peer instanceof Http2Translator translator ? translator.heads() : Set.of();
  }

  /** How many connections there were. */
  int connections() {
    return open.total();
  }

  void awaitNoneOpen(Duration limit) throws InterruptedException {
    open.awaitNone(limit);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.closeAll();
    peer.close();
  }
}
