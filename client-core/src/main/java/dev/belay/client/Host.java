package dev.belay.client;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that a connection is parked on. While it has nothing to hold up, it runs the
 * asynchronous calls that its connection carries, so that those need no threads of their own.
 */
final class Host implements Executor {
  /** What stands in the place of the next task when there is none. */
  private enum State implements Runnable {
    NOTHING,
    BUSY;

    @Override
    public void run() {}
  }

  private final Executor overflow;

  /** NOTHING, BUSY, or the task to run next; moved by compare-and-set only. */
  private final AtomicReference<Runnable> work = new AtomicReference<>(State.NOTHING);

  /** Written once by the thread itself, before it parks. */
  private volatile @Nullable Thread thread;

  Host(Executor overflow) {
    this.overflow = overflow;
  }

  /** Runs the task here, or elsewhere when this thread is held up by somebody's slow callback. */
  @Override
  public void execute(Runnable task) {
    if (work.compareAndSet(State.NOTHING, task)) {
      LockSupport.unpark(thread);
    } else {
      overflow.execute(task);
    }
  }

  /** Serves until the condition is true; called by the thread itself, once. */
  void serveUntil(BooleanSupplier over) {
    thread = Thread.currentThread();
    while (true) {
      Runnable task = Objects.requireNonNull(work.get());
      if (task != State.NOTHING) {
        run(task);
      } else if (over.getAsBoolean()) {
        if (work.compareAndSet(State.NOTHING, State.BUSY)) {
          return;
        }
      } else {
        LockSupport.park(this);
      }
    }
  }

  private void run(Runnable task) {
    work.set(State.BUSY);
    try {
      task.run();
    } finally {
      boolean unused = Thread.interrupted(); // left by the task, it would keep us from parking
      work.set(State.NOTHING);
    }
  }

  void wake() {
    LockSupport.unpark(thread);
  }
}
