package dev.belay.client;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Threads that take tasks in order, no more of them than a limit: daemons, lazy, and soon gone. */
final class Workers implements Executor {
  private static final int IDLE_SECONDS = 1;

  private final int most;

  /** Null where threads are dear, and few of them take turns. */
  private final @Nullable Executor threadForEach;

  private final ThreadPoolExecutor threads;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** How many threads take tasks; raised by who adds one, lowered by the thread that finds none. */
  private final AtomicInteger running = new AtomicInteger();

  /** Set by whoever could get no thread; cleared by the housekeeper before it asks again. */
  private volatile boolean behind;

  Workers(String name, int most) {
    this(name, most, Threads.areVirtual() ? t -> Threads.unstarted(t, name).start() : null);
  }

  /**
   * @param threadForEach runs each task at once; null to have a few threads take turns
   */
  Workers(String name, int most, @Nullable Executor threadForEach) {
    this.most = most;
    this.threadForEach = threadForEach;
    threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> Threads.daemon(task, name));
  }

  /**
   * Never refuses: after a close the calls that were cut still have to tell their owners. Where no
   * thread can be had the task waits for {@link #catchUp}, because nobody will give it again.
   */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    askForThread();
  }

  private void askForThread() {
    try {
      if (threadForEach == null) {
        addThread();
      } else {
        threadForEach.execute(this::takeTask);
      }
    } catch (RuntimeException | Error e) {
      behind = true;
      Log.CALL.debug("no thread for a task, which waits for one", e);
    }
  }

  /** Whether tasks wait because no thread could be had. */
  boolean isBehind() {
    return behind;
  }

  /** Asks again for the threads that could not be had. */
  void catchUp() {
    if (behind) {
      behind = false;
      for (int waiting = tasks.size(); waiting > 0 && !behind; waiting--) {
        askForThread();
      }
    }
  }

  private void addThread() {
    int now = running.get();
    while (now < most) {
      if (running.compareAndSet(now, now + 1)) {
        startThread();
        return;
      }
      now = running.get();
    }
  }

  private void startThread() {
    boolean started = false;
    try {
      threads.execute(this::takeTasks);
      started = true;
    } finally {
      if (!started) {
        running.decrementAndGet();
      }
    }
  }

  private void takeTask() {
    Runnable task = tasks.poll();
    if (task != null) {
      run(task);
    }
  }

  private void takeTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      run(task);
    }
    running.decrementAndGet();
    if (!tasks.isEmpty()) {
      askForThread(); // added after our last look, by someone who counted on us
    }
  }

  /**
   * What a user's callback throws ends neither our threads nor somebody else's call, and an
   * interrupt that it leaves behind is not the next one's.
   */
  static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      report(e);
    }
    boolean unused = Thread.interrupted();
  }

  /** A handler that throws is ignored, as the JVM does: our thread goes on and would be missed. */
  private static void report(Throwable e) {
    Thread self = Thread.currentThread();
    Thread.@Nullable UncaughtExceptionHandler handler = self.getUncaughtExceptionHandler();
    try {
      if (handler != null) {
        handler.uncaughtException(self, e);
      }
    } catch (Throwable thrown) {
      Log.CALL.debug("a handler of uncaught exceptions failed", thrown);
    }
  }

  /** Lets idle threads go at once, and later ones as soon as they have nothing to do. */
  void close() {
    catchUp();
    threads.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
  }
}
