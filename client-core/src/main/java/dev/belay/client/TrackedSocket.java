package dev.belay.client;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The socket of one connection: it closes once, and knows whether a request left this machine. */
final class TrackedSocket extends Socket {
  /** How long a look for the end of the stream may take; zero would mean for ever. */
  private static final int GLANCE_MILLIS = 1;

  private final AtomicBoolean shut = new AtomicBoolean();

  /** How often a write began, by one thread at a time; read by whoever reports. */
  private final AtomicInteger writes = new AtomicInteger();

  /** How many of them failed; likewise. */
  private final AtomicInteger failedWrites = new AtomicInteger();

  /** What came, and what may come. */
  final Allowance allowance = new Allowance();

  /** Written by whoever reads, once; read by reports. More came than may come. */
  private volatile boolean flooded;

  /** Written by whoever reads, once, and read by him: the other side has ended the stream. */
  private volatile boolean ended;

  /** Direct, even where system properties name a SOCKS proxy, which would hide what is open. */
  TrackedSocket() {
    super(Proxy.NO_PROXY);
  }

  /**
   * Sends what is written at once. Else the small frames of one HTTP/2 call wait for the
   * acknowledgement of another's, which takes the other side 40 ms (RFC 1122 section 4.2.3.4).
   */
  @Override
  public void connect(SocketAddress address, int timeout) throws IOException {
    super.connect(address, timeout);
    setTcpNoDelay(true);
  }

  /**
   * TLS that closes asks for it, and else waits for whoever is writing: for ever, if nobody reads.
   * It is the one thread for all time-outs that would wait. Nothing is set on the socket.
   */
  @Override
  public int getSoLinger() {
    return 0;
  }

  boolean isShut() {
    return shut.get();
  }

  /** A request begins: what was written before, such as a TLS handshake, was not part of it. */
  Mark mark() {
    return new Mark(this, writes.get(), failedWrites.get(), allowance.received());
  }

  /** A moment in the life of a socket. What others write and read on HTTP/2 counts as well. */
  record Mark(TrackedSocket socket, int writes, int failedWrites, long received) {
    /** Whether a byte may have left since; counted before the write, which may fail halfway. */
    boolean hasWritten() {
      return socket.writes.get() != writes;
    }

    /** Whether more may have left than a part of what one write was to bring. */
    boolean hasWrittenWhole() {
      int failed = socket.failedWrites.get() - failedWrites;
      return socket.writes.get() - writes != failed;
    }

    /** Whether a byte has come since: none of an answer can have come before its request. */
    boolean hasRead() {
      return hasReceived() > 0;
    }

    /** How many bytes have come since. */
    long hasReceived() {
      return socket.allowance.received() - received;
    }
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (isShut()) {
          throw new SocketException("Socket closed"); // before it could pass for evidence
        }
        int unused = writes.incrementAndGet();
        try {
          out.write(bytes, offset, length);
        } catch (IOException e) {
          unused = failedWrites.incrementAndGet();
          throw e;
        }
      }
    };
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        int read = in.read();
        heardOf(read < 0 ? read : 1);
        return read;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        heardOf(read);
        return read;
      }
    };
  }

  private void heardOf(int bytes) throws IOException {
    if (bytes < 0) {
      ended = true;
    } else if (allowance.isExceededBy(bytes)) {
      flooded = true;
      throw new FloodException();
    }
  }

  boolean hasEnded() {
    return ended;
  }

  boolean wasFlooded() {
    return flooded;
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

  /** It may come to the caller as a cause, inside whatever TLS or HTTP/2 makes of it. */
  static final class FloodException extends IOException {
    private static final long serialVersionUID = 1;

    FloodException() {
      super("more bytes than an answer may have");
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
