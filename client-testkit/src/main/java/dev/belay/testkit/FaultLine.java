package dev.belay.testkit;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One connection of a {@link FaultServer}, with TLS or without. Only its own thread uses it, but
 * for the close, which ends whatever that thread waits for.
 */
final class FaultLine implements Closeable {

  private final Socket raw;
  private final Socket spoken;
  private final InputStream in;
  private final OutputStream out;

  private FaultLine(Socket raw, Socket spoken) throws IOException {
    this.raw = raw;
    this.spoken = spoken;
    this.in = new BufferedInputStream(spoken.getInputStream());
    this.out = spoken.getOutputStream();
  }

  static FaultLine clear(Socket accepted) throws IOException {
    return new FaultLine(accepted, accepted);
  }

  /** The handshake comes with the first byte. */
  static FaultLine secured(Socket accepted, Socket tls) throws IOException {
    return new FaultLine(accepted, tls);
  }

  InputStream in() {
    return in;
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends this again and again, until the client has closed the connection. */
  void flood(byte[] bytes) throws IOException {
    while (true) {
      send(bytes);
    }
  }

  void flood(String text) throws IOException {
    flood(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends this every 50 ms, until the client has closed the connection. */
  void trickle(String text) throws IOException {
    while (true) {
      send(text);
      listen(Duration.ofMillis(50));
    }
  }

  /**
   * Waits, and drops what comes in meanwhile.
   *
   * @throws EOFException if the client closes the connection, so that nobody waits in vain
   */
  void listen(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toMillis(); left > 0; left = millisUntil(end)) {
      raw.setSoTimeout((int) left);
      try {
        if (in.read() < 0) {
          throw new EOFException("the client closed the connection");
        }
      } catch (SocketTimeoutException e) {
        // That is what it waited for.
      }
    }
    raw.setSoTimeout(0);
  }

  private static long millisUntil(long end) {
    return (end - System.nanoTime()) / 1_000_000;
  }

  /** Says nothing, until the client has closed the connection. */
  void stall() throws IOException {
    long unused = in.transferTo(OutputStream.nullOutputStream());
  }

  /** The end of TCP, also under TLS; waits for that of the client, so that no reset follows. */
  void fin() throws IOException {
    raw.shutdownOutput();
    long unused = raw.getInputStream().transferTo(OutputStream.nullOutputStream());
    raw.close();
  }

  /** The orderly end: that of TLS before that of TCP. */
  void end() throws IOException {
    spoken.shutdownOutput();
    fin();
  }

  void reset() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  /** Of the connection below: TLS would wait for who is writing. */
  @Override
  public void close() {
    try {
      raw.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }
}
