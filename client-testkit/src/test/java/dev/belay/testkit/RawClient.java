package dev.belay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One socket to a server, on which a test says exactly what goes out and sees what comes in. */
final class RawClient implements Closeable {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int HANGING_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  RawClient(TestServer server) throws IOException {
    this(server.port());
  }

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getByAddress(LOOPBACK), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(HANGING_MILLIS);
    in = socket.getInputStream();
  }

  int port() {
    return socket.getLocalPort();
  }

  int remotePort() {
    return socket.getPort();
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  RawClient get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n");
  }

  /** Returns everything up to and including the empty line. */
  String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("end of stream after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  String read(int bytes) throws IOException {
    return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  /** Reads until the server closes; a reset instead of an orderly end is an exception. */
  String readToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    in.transferTo(all);
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Closes with a reset instead of an orderly end. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
