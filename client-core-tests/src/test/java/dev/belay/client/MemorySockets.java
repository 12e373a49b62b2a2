package dev.belay.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketImplFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sockets whose other side is an array: each request is answered with the bytes that are the answer
 * then, behind which the stream ends. For a JVM that has no other sockets.
 */
final class MemorySockets implements SocketImplFactory {
  /** Written by whoever makes the calls, before each of them; read by the streams. */
  private volatile byte[] answer = {};

  /** Written and read likewise. */
  private volatile boolean framed;

  private MemorySockets() {}

  /** Replaces the sockets of this JVM, which can be done once. */
  @SuppressWarnings("deprecation") // there is no other way to the real client without a network
  static MemorySockets install() throws IOException {
    MemorySockets sockets = new MemorySockets();
    Socket.setSocketImplFactory(sockets);
    return sockets;
  }

  /**
   * What comes next.
   *
   * @param onFrames whether clients speak HTTP/2
   */
  void answer(byte[] bytes, boolean onFrames) {
    framed = onFrames;
    answer = bytes;
  }

  @Override
  public SocketImpl createSocketImpl() {
    return new MemorySocket();
  }

  private final class MemorySocket extends SocketImpl {
    private final Map<Integer, Object> options = new ConcurrentHashMap<>();

    /** Written by the thread that connects, before it hands the socket on. */
    private ServerSide server = new ServerSide(false);

    @Override
    protected void create(boolean stream) {}

    @Override
    protected void connect(String host, int port) {
      connect(new InetSocketAddress(host, port), 0);
    }

    @Override
    protected void connect(InetAddress address, int port) {
      connect(new InetSocketAddress(address, port), 0);
    }

    @Override
    protected void connect(SocketAddress address, int timeout) {
      InetSocketAddress to = (InetSocketAddress) address;
      this.address = to.getAddress();
      port = to.getPort();
      server = new ServerSide(framed);
    }

    @Override
    protected void bind(InetAddress host, int port) {}

    @Override
    protected void listen(int backlog) throws IOException {
      throw new SocketException("nobody comes");
    }

    @Override
    protected void accept(SocketImpl socket) throws IOException {
      throw new SocketException("nobody comes");
    }

    @Override
    protected InputStream getInputStream() {
      return server;
    }

    @Override
    protected OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          server.hear(bytes, offset, length, answer);
        }
      };
    }

    @Override
    protected int available() {
      return server.available();
    }

    @Override
    protected void close() {
      server.close();
    }

    @Override
    protected void sendUrgentData(int data) {}

    @Override
    public void setOption(int option, Object value) {
      options.put(option, value);
    }

    @Override
    public Object getOption(int option) {
      return options.getOrDefault(option, 0);
    }
  }
}
