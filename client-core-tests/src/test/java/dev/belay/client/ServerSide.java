package dev.belay.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a client reads from one socket in memory. On HTTP/1.1 an answer that was read to its end,
 * and not beyond, may be followed by the next one. On HTTP/2, where clients read ahead, the only
 * answer comes with the first request.
 */
final class ServerSide extends InputStream {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final FrameScanner frames = new FrameScanner();
  private final boolean framed;

  // All below is guarded by the lock.

  private byte[] answer = {};
  private int next;
  private boolean begun;
  private boolean ended;
  private boolean closed;

  ServerSide(boolean framed) {
    this.framed = framed;
  }

  /** A part of a request, or of what comes before it. */
  void hear(byte[] bytes, int offset, int count, byte[] nextAnswer) throws IOException {
    lock.lock();
    try {
      refuseClosed();
      boolean request = framed ? frames.hasHead(bytes, offset, count) && !begun : !ended;
      if (request && next == answer.length) {
        answer = nextAnswer;
        next = 0;
        begun = true;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void refuseClosed() throws SocketException {
    if (closed) {
      throw new SocketException("closed");
    }
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    lock.lock();
    try {
      while (framed && !begun && !closed) {
        changed.awaitUninterruptibly();
      }
      refuseClosed();
      int read = Math.min(count, answer.length - next);
      System.arraycopy(answer, next, target, offset, read);
      next += read;
      ended |= read == 0;
      return read == 0 ? -1 : read;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return answer.length - next;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
