package dev.belay.client;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import okio.ByteString;

/**
 * Answers the first request of each connection with some bytes, and goes on with others again and
 * again. It reads what clients send, and takes the head of a request on HTTP/2 for one too.
 */
final class DripServer implements Closeable {
  private static final int ROOM = 50;
  private static final int REST_OF_PREFACE = 6;
  private static final int HEADERS = 1;

  private final ServerSocket listener = new ServerSocket(0, ROOM, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Drip drip;

  /**
   * What it says.
   *
   * @param first the bytes that begin the answer
   * @param each those that follow, after every pause
   */
  record Drip(ByteString first, ByteString each, Duration pause) {
    static Drip text(String first, String each, Duration pause) {
      return new Drip(ByteString.encodeUtf8(first), ByteString.encodeUtf8(each), pause);
    }

    /** Frames of HTTP/2, in hexadecimal; what follows comes five times each millisecond. */
    static Drip frames(String first, String each) {
      return new Drip(bytes(first), bytes(each.repeat(5)), Duration.ofMillis(1));
    }

    private static ByteString bytes(String hex) {
      return ByteString.decodeHex(hex.replace(" ", ""));
    }
  }

  DripServer(Drip drip) throws IOException {
    this.drip = drip;
    Front.start("drips", this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/";
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        client.setTcpNoDelay(true);
        open.add(client);
        Front.start("drip", () -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      readHead(in);
      Front.start("drip's drain", () -> drain(client, in));
      OutputStream out = client.getOutputStream();
      drip.first.write(out);
      while (!client.isClosed()) {
        LockSupport.parkNanos(drip.pause.toNanos());
        drip.each.write(out);
      }
    } catch (IOException e) {
      // The client's end of it, or ours.
    } finally {
      open.remove(client);
    }
  }

  /** Of HTTP/2 the preface looks like a head, and the frames up to the first headers follow. */
  private static void readHead(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (head.indexOf("PRI ") == 0) {
      in.readFully(new byte[REST_OF_PREFACE]);
      while (readFrame(in) != HEADERS) {}
    }
  }

  private static int readFrame(DataInputStream in) throws IOException {
    int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
    int type = in.readUnsignedByte();
    in.readFully(new byte[1 + Integer.BYTES + length]);
    return type;
  }

  /** Whoever closes his side is heard, and does not fill the kernel's buffers either. */
  private static void drain(Socket client, DataInputStream in) {
    try (client) {
      long unused = in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It was reset.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(Front::closeQuietly);
  }
}
