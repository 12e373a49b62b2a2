package dev.belay.client;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A pool, client or scope that nobody can close any more: reported, and closed when not in use. */
final class ForgottenNode extends Forgotten.Witness {
  final Node node;
  private final WeakReference<PoolState> pool;
  private final WeakReference<@Nullable LifecycleListener> listener;
  private final Consumer<Closer> above;

  ForgottenNode(Object facade, Node node, PoolState pool, Consumer<Closer> above) {
    super(facade);
    this.node = node;
    this.pool = pool.self;
    listener = pool.listener;
    this.above = above;
  }

  @Override
  void found(Executor elsewhere) {
    if (!Forgotten.take(this)) {
      return;
    }
    Holder what = node.holder();
    PoolState state = pool.get();
    if (state == null) {
      // Nothing of it was open, so its threads had ended and it went with its facade.
      new Lifecycle(listener.get(), node.root().name).forgotten(what);
      elsewhere.execute(() -> Leaks.warn(what));
      return;
    }
    state.lifecycle.forgotten(what);
    state.leaks.forgotten(what);
    Forgotten.closeWhenUnused(this);
  }

  /** By a call that runs, or a response that is not closed: nothing else can be reached. */
  boolean isUsed() {
    PoolState state = pool.get();
    return state != null && state.ledger.anyMatch(call -> call.node.isWithin(node));
  }

  void close() {
    PoolState state = pool.get();
    if (state != null) {
      state.callbacks.execute(() -> close(state)); // it waits for threads, of the looker too
    }
  }

  private void close(PoolState state) {
    if (node.closing() == null) {
      state.leaks.closedForgotten();
      CloseReport unused = Closer.close(node, state, Duration.ZERO, above);
    }
  }
}
