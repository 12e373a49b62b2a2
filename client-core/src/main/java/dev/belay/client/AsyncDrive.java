package dev.belay.client;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous call: a queue entry while it waits, and a task on the thread of its connection
 * while it runs.
 */
abstract class AsyncDrive implements Waker {
  private final PoolState pool;
  private final CallContext.Captured context;

  /**
   * Wake-ups that were not looked at yet. Whoever raises it from zero owns the drive; the first
   * owner is whoever starts it, so a cancel before that finds one.
   */
  private final AtomicInteger pending = new AtomicInteger(1);

  /** The last thread that was asked for; written by the owner, read by whoever wakes. */
  private volatile @Nullable Turn turn;

  // The owner's; the counter hands them on.
  private @Nullable Way way;
  private @Nullable CallEntry call;

  /** Whose thread this is, where an exchange may block; null on any other. */
  private @Nullable Executor here;

  private boolean wantsThread;
  private boolean done;

  AsyncDrive(ClientState client) {
    pool = client.pool;
    context = client.settings.contexts().capture();
  }

  @Override
  public CallContext.Captured context() {
    return context;
  }

  /** Runs code of the user's that may block for as long as it likes. */
  void callBack(Runnable users) {
    pool.callbacks.execute(() -> Contexts.run(context, users));
  }

  /** Called once, with the answer, on the thread of its connection. Closing it is the callee's. */
  abstract void answered(CallEntry entry, Response answer);

  /** Called once, instead of {@link #answered}, on a thread for users' code. */
  abstract void failed(CallEntry entry, Throwable failure);

  /** Takes the first steps on the caller's thread, which never blocks here. */
  void start(Way theWay, CallEntry entry) {
    way = theWay;
    call = entry;
    goHere(null);
  }

  /** The thread of an exchange may block, but not the workers: all calls need those few. */
  @Override
  public void wake() {
    if (pending.getAndIncrement() == 0) {
      pool.workers.execute(() -> go(null));
    } else {
      hurry();
    }
  }

  @Override
  public void wake(Executor thread) {
    if (pending.getAndIncrement() == 0) {
      goOn(thread, 1);
    }
  }

  /**
   * The ownership goes along. Looks for wake-ups afterwards: one that came before saw no turn.
   *
   * @param seen the wake-ups that were looked at
   */
  private void goOn(Executor thread, int seen) {
    Turn next = new Turn(this, thread);
    turn = next;
    thread.execute(next);
    if (pending.get() != seen) {
      hurry();
    }
  }

  /** The thread may be long in coming, and the call may have ended. */
  private void hurry() {
    Turn last = turn;
    if (last != null && last.isOpen()) {
      pool.workers.execute(() -> last.take(null));
    }
  }

  /** Taken once: by the thread that was asked for, or by a wake-up that came before it. */
  private static final class Turn implements Runnable {
    /** Emptied by whoever takes it; a thread that comes too late keeps nothing of the call. */
    private final AtomicReference<@Nullable AsyncDrive> drive;

    private final Executor thread;

    Turn(AsyncDrive drive, Executor thread) {
      this.drive = new AtomicReference<>(drive);
      this.thread = thread;
    }

    boolean isOpen() {
      return drive.get() != null;
    }

    void take(@Nullable Executor by) {
      AsyncDrive taken = drive.getAndSet(null);
      if (taken != null) {
        taken.go(by);
      }
    }

    @Override
    public void run() {
      take(thread);
    }
  }

  @Override
  public boolean isThread() {
    return false;
  }

  /**
   * Not on the thread of a connection that it had before, such as that of a server that sent it
   * elsewhere: the next call may have that connection, and would wait for this one.
   */
  @Override
  public boolean mayBlock() {
    CallEntry entry = call;
    boolean isHere = here != null && entry != null && here == entry.lease().thread();
    wantsThread = !isHere;
    return isHere;
  }

  /** On a thread of ours, for which the caller's context is not there by itself. */
  private void go(@Nullable Executor thread) {
    Runnable before = Contexts.restore(context);
    try {
      goHere(thread);
    } finally {
      Contexts.putBack(before);
    }
  }

  private void goHere(@Nullable Executor thread) {
    here = thread;
    int seen = pending.get();
    do {
      wantsThread = false;
      step();
      if (wantsThread && call != null) {
        goOn(call.lease().thread(), seen);
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
      callBack(() -> failed(entry, failure));
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
