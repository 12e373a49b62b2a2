package dev.belay.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree that calls hang on: a pool, a client below it, or a scope of a client.
 *
 * <p>Closing a node closes what is below it, because every check walks up to the root.
 */
final class Node {
  final String kind;
  final String name;
  private final @Nullable Node parent;
  private final NanoClock clock;
  final long openedAt;
  private final String thread;
  private final @Nullable Throwable place;

  /** Set by the first node below this one; read by the close, which sees it or is seen by it. */
  private volatile boolean branched;

  /** Set once, by the first to close; whoever sets it does the closing. */
  private final AtomicReference<@Nullable Closing> closing = new AtomicReference<>();

  Node(String kind, String name, @Nullable Node parent, NanoClock clock, TrackingLevel tracking) {
    this.kind = kind;
    this.name = name;
    this.parent = parent;
    this.clock = clock;
    openedAt = clock.nanos();
    thread = Tracking.opener(tracking);
    place = Tracking.ofNode(tracking);
    if (parent != null) {
      parent.branched = true;
    }
  }

  /** What the one caller gets who has to do the closing; all others get null. */
  @Nullable Closing beginClose() {
    if (closing.get() != null) {
      return null;
    }
    Closing begun = Closing.of(toString());
    return closing.compareAndSet(null, begun) ? begun : null;
  }

  /** Who closed this node or one above it; null while all of them are open. */
  @Nullable Closing closing() {
    Closing own = closing.get();
    return own != null || parent == null ? own : parent.closing();
  }

  boolean isWithin(Node other) {
    return this == other || (parent != null && parent.isWithin(other));
  }

  /** The one just below the pool: scopes of a client share its turn for a connection. */
  Node client() {
    return parent == null || parent.parent == null ? this : parent.client();
  }

  Node root() {
    return parent == null ? this : parent.root();
  }

  @Nullable Node parent() {
    return parent;
  }

  boolean hasBranched() {
    return branched;
  }

  boolean isScope() {
    return client() != this;
  }

  Holder holder() {
    Duration age = Duration.ofNanos(clock.nanos() - openedAt);
    return new Holder(kind, name, "", null, age, thread, 0, place);
  }

  @Override
  public String toString() {
    return kind + " '" + name + "'";
  }
}
