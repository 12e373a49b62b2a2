package dev.belay.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the connections of a client come from: a pool of its own, or one that it cannot change. */
final class PoolChoice {
  private final @Nullable BoundedPool borrowed;
  private final BoundedPoolBuilder own = BoundedPool.builder();
  private final List<String> changes = new ArrayList<>(0);

  PoolChoice(@Nullable BoundedPool borrowed) {
    this.borrowed = borrowed;
  }

  /** The builder of the client's own pool, to be given a value. */
  BoundedPoolBuilder change(String setting) {
    changes.add(setting);
    return own;
  }

  boolean isBorrowed() {
    return borrowed != null;
  }

  /**
   * @throws IllegalStateException if a setting was changed that belongs to a borrowed pool
   */
  BoundedPool pool(String nameOfOwn) {
    if (borrowed == null) {
      return own.nameUnlessSet(nameOfOwn).build(true);
    }
    if (!changes.isEmpty()) {
      throw new IllegalStateException(
          String.join(", ", changes)
              + " belongs to the pool, and this client borrows "
              + borrowed.state().node
              + ": set it on BoundedPool.builder()");
    }
    return borrowed;
  }
}
