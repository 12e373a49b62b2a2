package dev.belay.client;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes a socket may still bring: as many as the answers that it is to bring may be long.
 * Counted below everything that HTTP and TLS put around a body, which may have no end either.
 *
 * <p>On HTTP/2, where nobody can tell whose a frame is before it is read, those that are under way
 * have one allowance in common, from when the last of them began.
 */
final class Allowance {
  /** Without a limit, and still small enough to be added up. */
  static final long NONE = 1L << 52;

  /**
   * For handshakes, and for what an idle connection of HTTP/2 has to say: OkHttp lets a server send
   * 16 MiB ahead, and it may not know yet that nobody wants them any more.
   */
  private static final long UNASKED = 17 << 20;

  /** Written by the one thread that reads at a time; read by others as evidence. */
  private final AtomicLong received = new AtomicLong();

  /** What may come from {@link #since} on; written by whoever begins or ends an answer. */
  private final AtomicLong expected = new AtomicLong();

  /**
   * Written like {@link #expected}, and never moved back: ahead of what has come while the rest of
   * an answer may come that nobody wants, it counts for whoever begins meanwhile too.
   */
  private final AtomicLong since = new AtomicLong();

  void begin(long most) {
    long unused = expected.addAndGet(most);
    unused = since.accumulateAndGet(received.get(), Math::max);
  }

  /**
   * Moves the beginning first: between the two steps what came for this one would count for others.
   *
   * @param whole whether it was read to its end; else the rest may still come, and is not to be
   *     counted for the next one
   */
  void end(long most, boolean whole) {
    long from = received.get() + (whole ? 0 : UNASKED);
    long unused = since.accumulateAndGet(from, Math::max);
    unused = expected.addAndGet(-most);
  }

  /** How many bytes have come so far. */
  long received() {
    return received.get();
  }

  /** True when these are more than may come. */
  boolean isExceededBy(int bytes) {
    long now = received.addAndGet(bytes);
    long most = expected.get();
    return now - since.get() > (most == 0 ? UNASKED : most);
  }
}
