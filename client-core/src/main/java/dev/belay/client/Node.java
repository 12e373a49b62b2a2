package dev.belay.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree that calls hang on: a pool, or a client below it.
 *
 * <p>Closing a node closes what is below it, because every check walks up to the root.
 */
final class Node {
  final String kind;
  final String name;
  private final @Nullable Node parent;
  private final NanoClock clock;
  private final long openedAt;
  private final String thread = Thread.currentThread().getName();
  private final @Nullable Throwable place;

  /** Set once, by the first to close; whoever sets it does the closing. */
  private final AtomicReference<@Nullable Closing> closing = new AtomicReference<>();

  Node(String kind, String name, @Nullable Node parent, NanoClock clock, TrackingLevel tracking) {
    this.kind = kind;
    this.name = name;
    this.parent = parent;
    this.clock = clock;
    openedAt = clock.nanos();
    place = Tracking.ofNode(tracking);
  }

  /** True for the one caller that has to do the closing. */
  boolean beginClose() {
    return closing.get() == null && closing.compareAndSet(null, Closing.of(this.toString()));
  }

  /** Who closed this node or one above it; null while all of them are open. */
  @Nullable Closing closing() {
    Closing own = closing.get();
    return own != null || parent == null ? own : parent.closing();
  }

  boolean isWithin(Node other) {
    return this == other || (parent != null && parent.isWithin(other));
  }

  Holder holder() {
    Duration age = Duration.ofNanos(clock.nanos() - openedAt);
    return new Holder(kind, name, "", null, age, thread, place);
  }

  @Override
  public String toString() {
    return kind + " '" + name + "'";
  }
}
