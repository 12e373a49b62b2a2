package dev.belay.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one connection has received and nobody has read: filled by the intake thread, emptied by the
 * connection's own thread, which does all of its waiting here. So every wait, also a deliberate
 * delay, ends the moment the connection does.
 */
final class ConnectionInbox {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
  private boolean ended;
  private boolean writable = true;

  // Only the connection's thread touches it: a head is read byte by byte without the lock.
  private ByteBuffer current = NOTHING;

  void put(ByteBuffer received) {
    ByteBuffer copy = ByteBuffer.allocate(received.remaining()).put(received).flip();
    change(() -> pieces.add(copy));
  }

  /** Bytes that arrived before the end stay readable; everything else that waits stops waiting. */
  void end() {
    change(() -> ended = true);
  }

  void setWritable(boolean value) {
    change(() -> writable = value);
  }

  private void change(Runnable mutation) {
    lock.lock();
    try {
      mutation.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a byte.
   *
   * @param limit zero waits for ever
   * @return false if the limit passed or the connection ended first
   */
  boolean awaitByte(Duration limit) throws InterruptedException {
    if (current.hasRemaining()) {
      return true;
    }
    long left = limit.isZero() ? Long.MAX_VALUE : nanos(limit);
    lock.lockInterruptibly();
    try {
      while (pieces.isEmpty() && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      current = pieces.isEmpty() ? NOTHING : pieces.remove();
      return current.hasRemaining();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the next byte, 0 to 255. */
  int next() throws IOException, InterruptedException {
    if (!awaitByte(Duration.ZERO)) {
      throw new EOFException("the client closed the connection within a request");
    }
    return current.get() & 0xff;
  }

  byte[] next(int length) throws IOException, InterruptedException {
    byte[] bytes = new byte[length];
    int filled = 0;
    while (filled < length) {
      bytes[filled++] = (byte) next();
      int more = Math.min(length - filled, current.remaining());
      current.get(bytes, filled, more);
      filled += more;
    }
    return bytes;
  }

  /**
   * Waits as long as the connection lives, at most this long.
   *
   * @throws EOFException if the connection ended
   */
  void pause(Duration duration) throws IOException, InterruptedException {
    long left = nanos(duration);
    lock.lockInterruptibly();
    try {
      while (!ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      refuseIfEnded();
    } finally {
      lock.unlock();
    }
  }

  void awaitWritable() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!ended && !writable) {
        changed.await();
      }
      refuseIfEnded();
    } finally {
      lock.unlock();
    }
  }

  private void refuseIfEnded() throws EOFException {
    if (ended) {
      throw new EOFException("the connection ended while the server waited");
    }
  }

  private static long nanos(Duration duration) {
    return TimeUnit.NANOSECONDS.convert(duration);
  }
}
