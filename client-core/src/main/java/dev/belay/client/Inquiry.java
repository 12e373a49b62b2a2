package dev.belay.client;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has to find out before it is made. Its thread waits here for others that ask,
 * and whoever ends the connection calls it away.
 */
final class Inquiry {
  /** Moved to true once, by whoever ends the connection. */
  private volatile boolean over;

  /** Written by the thread of the connection before it looks whether this is over. */
  private volatile @Nullable Thread asker;

  /** Written like {@link #asker}, null while it waits for nothing; read by the housekeeper. */
  private volatile @Nullable LookUp<?> lookUp;

  /**
   * Blocks until the answer is there, or the connection is over.
   *
   * @throws IOException what the question was answered with, or that nobody needs it any more
   */
  <T> T ask(Question<T> question, Resolver resolver) throws IOException {
    Thread self = Thread.currentThread();
    asker = self;
    if (over) {
      throw new SocketGate.NoPlaceException("the connection is over");
    }
    LookUp<T> joined = resolver.join(question, self);
    lookUp = joined;
    try {
      while (!joined.isOver() && !over) {
        LockSupport.park(joined);
        boolean unused = Thread.interrupted(); // which would keep us from parking
      }
    } finally {
      lookUp = null;
      resolver.leave(joined, self);
    }
    return joined.answer();
  }

  /** Whether it waits for one of the threads that ask, all of which hang. */
  boolean waitsForThread() {
    LookUp<?> joined = lookUp;
    return joined != null && !joined.hasBegun();
  }

  /** Nobody waits for the connection any more. */
  void end() {
    over = true;
    LockSupport.unpark(asker);
  }
}
