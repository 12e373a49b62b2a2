package dev.belay.leaks;

import java.io.Closeable;
import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What tests left open on purpose. Kept, because the garbage collector closes some of it and so
 * hides the leak, and because it has to be ended once the verdict is there.
 */
final class Forgotten {
  /** Any thread of the fixtures adds; whoever started them ends. */
  private static final Deque<Closeable> KEPT = new ConcurrentLinkedDeque<>();

  private Forgotten() {}

  static <T extends Closeable> T keep(T leaked) {
    KEPT.push(leaked);
    return leaked;
  }

  /** The newest first: a response before its client, which may wait for it. */
  static void endAll() {
    for (Closeable leaked = KEPT.poll(); leaked != null; leaked = KEPT.poll()) {
      end(leaked);
    }
  }

  private static void end(Closeable leaked) {
    try {
      leaked.close();
    } catch (IOException | RuntimeException e) {
      // Its connection was cut as a leak, so that it may well fail to close.
      assert e != null;
    }
  }
}
