package dev.belay.client;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for asynchronous calls that have no connection to run on: few, lazy, and soon gone. */
final class Workers implements Executor {
  private static final int IDLE_SECONDS = 1;

  private final ThreadPoolExecutor pool;

  Workers(String name, int most) {
    pool =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> Threads.daemon(task, name));
    pool.allowCoreThreadTimeOut(true);
  }

  /** Lets idle threads go at once, and later ones as soon as they have nothing to do. */
  void close() {
    pool.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
  }

  /** Never refuses: after a close the calls that were cut still have to tell their owners. */
  @Override
  public void execute(Runnable task) {
    if (Threads.areVirtual()) {
      Threads.start(task, "belay-worker");
    } else {
      pool.execute(task);
    }
  }
}
