package dev.belay.client;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What nobody can reach any more and nobody closed, as the garbage collector found it.
 *
 * <p>One queue for the JVM, because a pool that was forgotten with nothing open has no thread that
 * could look: whoever comes by does. Witnesses hold nothing that could lead to what they are the
 * witnesses of; a listener of a pool may, so they hold a pool weakly.
 */
final class Forgotten {
  private static final ReferenceQueue<Object> FOUND = new ReferenceQueue<>();

  /** The witnesses of what is open, or the collector would take them along. Any thread. */
  private static final Map<Node, ForgottenNode> WATCHED = new ConcurrentHashMap<>();

  /**
   * Found, and perhaps in use, by a response that somebody reads for one. Who takes it closes it.
   */
  private static final Queue<ForgottenNode> IN_USE = new ConcurrentLinkedQueue<>();

  private Forgotten() {}

  /**
   * Hears once that an object is gone. A phantom reference: what a finalizer still reads or closes
   * is not gone.
   */
  abstract static class Witness extends PhantomReference<Object> {
    Witness(Object watched) {
      super(watched, FOUND);
    }

    /**
     * @param elsewhere runs what may block
     */
    abstract void found(Executor elsewhere);
  }

  /** A pool, client or scope, as long as it is listed as open. */
  static void watch(Object facade, Node node, PoolState pool, Consumer<Closer> above) {
    WATCHED.put(node, new ForgottenNode(facade, node, pool, above));
    if (node.closing() != null) {
      closed(node); // what closed it may have come before the entry
    }
    look(Runnable::run);
  }

  static void closed(Node node) {
    ForgottenNode witness = WATCHED.remove(node);
    if (witness != null) {
      witness.clear();
    }
  }

  /** True for the one who has to report it. */
  static boolean take(ForgottenNode witness) {
    return WATCHED.remove(witness.node, witness);
  }

  static void closeWhenUnused(ForgottenNode witness) {
    IN_USE.add(witness);
  }

  /**
   * Reports what was found since the last look, and closes what was found and is not in use.
   *
   * @param elsewhere runs what may block
   */
  static void look(Executor elsewhere) {
    for (Reference<?> next = FOUND.poll(); next != null; next = FOUND.poll()) {
      Witness witness = (Witness) next;
      safely(() -> witness.found(elsewhere));
    }
    closeUnused();
  }

  private static void closeUnused() {
    for (int left = IN_USE.size(); left > 0; left--) {
      ForgottenNode node = IN_USE.poll();
      if (node != null && node.isUsed()) {
        IN_USE.add(node);
      } else if (node != null) {
        safely(node::close);
      }
    }
  }

  /** What fails here, for want of a thread perhaps, must not end whoever came by. */
  private static void safely(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      Log.LEAK.warn("something that was forgotten could not be closed or reported", e);
    }
  }
}
