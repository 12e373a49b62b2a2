package dev.belay.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP proxy that only makes tunnels, to this machine. */
final class Tunnel implements Closeable {
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger tunnels = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  Tunnel() throws IOException {
    Front.start("tunnels", this::accept);
  }

  Proxy asProxy() {
    return new Proxy(Proxy.Type.HTTP, listener.getLocalSocketAddress());
  }

  /** How many were made. */
  int tunnels() {
    return tunnels.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        Front.start("tunnel", () -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try {
      String[] words = head(client.getInputStream()).split("[ :]", 4);
      Socket server = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(words[2]));
      open.add(server);
      tunnels.incrementAndGet();
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Front.start("tunnel back", () -> Front.copy(server, client));
      Front.copy(client, server);
    } catch (IOException e) {
      Front.closeQuietly(client);
    }
  }

  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(END_OF_HEAD) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(Front::closeQuietly);
  }
}
