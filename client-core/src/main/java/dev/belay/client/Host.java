package dev.belay.client;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that a connection is parked on. It also runs the asynchronous calls that its
 * connection carries, so that those need no threads of their own. Nothing that it runs goes on for
 * long after it gave the connection back, so a next call never waits for a stranger's code.
 */
final class Host implements Executor {
  private final Executor elsewhere;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Written by the thread itself, when it begins. */
  private volatile @Nullable Thread thread;

  /**
   * Written by whoever ends the connection, and by the thread itself when it ends; from then on
   * whoever finds a task left has it run elsewhere.
   */
  private volatile boolean over;

  Host(Executor elsewhere) {
    this.elsewhere = elsewhere;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    LockSupport.unpark(thread);
    if (over) {
      moveElsewhere();
    }
  }

  /** Serves until the condition is true; called by the thread itself, once. */
  void serveUntil(BooleanSupplier end) {
    thread = Thread.currentThread();
    while (true) {
      Runnable task = tasks.poll();
      if (task != null) {
        Workers.run(
            task); // a connection may be another call's by now: it outlives what that throws
      } else if (end.getAsBoolean()) {
        isOver();
        return;
      } else {
        LockSupport.park(this);
        boolean unused = Thread.interrupted(); // which would keep us from parking
      }
    }
  }

  private void moveElsewhere() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      elsewhere.execute(task);
    }
  }

  /** What waits for the thread may wait no longer: it may be in the code of a user. */
  void isOver() {
    over = true;
    moveElsewhere();
    wake();
  }

  void wake() {
    LockSupport.unpark(thread);
  }
}
