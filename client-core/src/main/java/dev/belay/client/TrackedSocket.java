package dev.belay.client;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The socket of one connection: it closes once, and knows whether a request left this machine. */
final class TrackedSocket extends Socket {
  /** How long a look for the end of the stream may take; zero would mean for ever. */
  private static final int GLANCE_MILLIS = 1;

  private final AtomicBoolean shut = new AtomicBoolean();

  /** Written by the thread that writes the request; read by whoever reports on the call. */
  private volatile boolean wrote;

  /** Written by whoever reads; read by the thread of the exchange, which reads by itself. */
  private volatile boolean heard;

  /** Direct, even where system properties name a SOCKS proxy, which would hide what is open. */
  TrackedSocket() {
    super(Proxy.NO_PROXY);
  }

  boolean isShut() {
    return shut.get();
  }

  /** A request begins: what was written before, such as a TLS handshake, was not part of it. */
  void beginRequest() {
    wrote = false;
    heard = false;
  }

  /** Whether a byte has come since the request began: none of its answer can have come before. */
  boolean heard() {
    return heard;
  }

  /** Whether a byte of the request may have left; set before the write, which may fail halfway. */
  boolean wrote() {
    return wrote;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (isShut()) {
          throw new SocketException("Socket closed"); // before it could pass for evidence
        }
        wrote = true;
        out.write(bytes, offset, length);
      }
    };
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        return heardOf(in.read(), 0);
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return heardOf(in.read(bytes, offset, length), 1);
      }
    };
  }

  private int heardOf(int read, int least) {
    if (read >= least) {
      heard = true;
    }
    return read;
  }

  /** Bytes have come that nobody asked for: the next answer would begin with them. */
  boolean hasUnaskedBytes() {
    try {
      return super.getInputStream().available() > 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** Whether the server still listens and has said nothing. Takes a millisecond if so. */
  boolean isQuiet() {
    try {
      setSoTimeout(GLANCE_MILLIS);
      int endOrUnasked = super.getInputStream().read();
      Log.POOL.debug("an idle connection got {}", endOrUnasked < 0 ? "its end" : "unasked bytes");
      return false;
    } catch (SocketTimeoutException e) {
      return true; // OkHttp sets its own time-out before it reads
    } catch (IOException e) {
      return false;
    }
  }

  /** Not synchronized like the method it overrides, which it calls. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void close() throws IOException {
    shut.set(true);
    super.close(); // idempotent, and the second to come waits for the first
  }
}
