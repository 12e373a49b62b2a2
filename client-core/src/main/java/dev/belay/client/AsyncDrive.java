package dev.belay.client;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous call: a queue entry while it waits, and a task on the thread of its connection
 * while it runs.
 */
abstract class AsyncDrive implements Waker {
  private final PoolState pool;

  /**
   * Wake-ups that were not looked at yet. Whoever raises it from zero owns the drive; the first
   * owner is whoever starts it, so a cancel before that finds one.
   */
  private final AtomicInteger pending = new AtomicInteger(1);

  // The owner's; the counter hands them on.
  private @Nullable Way way;
  private @Nullable CallEntry call;
  private boolean blocking;
  private boolean wantsThread;
  private boolean done;

  AsyncDrive(PoolState pool) {
    this.pool = pool;
  }

  /** Called once, with the answer, on the thread of its connection. Closing it is the callee's. */
  abstract void answered(CallEntry entry, Response answer);

  /** Called once, instead of {@link #answered}, on a thread for users' code. */
  abstract void failed(CallEntry entry, Throwable failure);

  /** Takes the first steps on the caller's thread, which never blocks here. */
  void start(Way theWay, CallEntry entry) {
    way = theWay;
    call = entry;
    go(false);
  }

  @Override
  public void wake() {
    wakeOn(pool.workers, false);
  }

  @Override
  public void wake(Executor thread) {
    wakeOn(thread, true);
  }

  /** The thread of an exchange may block, but not the workers: all calls need those few. */
  private void wakeOn(Executor thread, boolean mayBlock) {
    if (pending.getAndIncrement() == 0) {
      thread.execute(() -> go(mayBlock));
    }
  }

  @Override
  public boolean isThread() {
    return false;
  }

  @Override
  public boolean mayBlock() {
    wantsThread = !blocking;
    return blocking;
  }

  private void go(boolean mayBlock) {
    blocking = mayBlock;
    int seen = pending.get();
    do {
      wantsThread = false;
      step();
      if (wantsThread && call != null) {
        call.lease().thread().execute(() -> go(true)); // the ownership goes along
        return;
      }
      seen = pending.addAndGet(-seen);
    } while (seen != 0);
  }

  private void step() {
    CallEntry entry = call;
    if (done || way == null || entry == null) {
      return;
    }
    Response answer;
    try {
      answer = way.advance(entry);
    } catch (IOException | RuntimeException | Error e) {
      done = true;
      Throwable failure = own(e);
      pool.callbacks.execute(() -> failed(entry, failure));
      return;
    }
    if (answer != null) {
      done = true;
      answered(entry, answer);
    }
  }

  private static Throwable own(Throwable e) {
    Exception own = e instanceof IOException io ? Failures.ownOf(io) : null;
    return own == null ? e : own;
  }
}
