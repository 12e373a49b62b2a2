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
  private final Executor workers;

  /** Wake-ups that were not looked at yet. Whoever raises it from zero owns the drive. */
  private final AtomicInteger pending = new AtomicInteger();

  // The owner's; the counter hands them on.
  private @Nullable Way way;
  private @Nullable CallEntry call;
  private boolean blocking;
  private boolean wantsThread;
  private boolean done;

  AsyncDrive(Executor workers) {
    this.workers = workers;
  }

  /** Called once, with the answer, on a thread that may block. Closing it is the callee's part. */
  abstract void answered(CallEntry entry, Response answer);

  /** Called once, instead of {@link #answered}. */
  abstract void failed(CallEntry entry, Throwable failure);

  /** Takes the first steps on the caller's thread, which never blocks here. */
  void start(Way theWay, CallEntry entry) {
    pending.set(1);
    way = theWay;
    call = entry;
    go(false);
  }

  @Override
  public void wake() {
    wakeOn(workers);
  }

  @Override
  public void wake(Carrier carrier) {
    wakeOn(carrier.host());
  }

  private void wakeOn(Executor thread) {
    if (pending.getAndIncrement() == 0) {
      thread.execute(() -> go(true));
    }
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
        call.lease().carrier().host().execute(() -> go(true)); // the ownership goes along
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
      tell(entry, own(e));
      return;
    }
    if (answer != null) {
      done = true;
      answered(entry, answer);
    }
  }

  /** Never on the thread that starts the call, which expects to be told later. */
  private void tell(CallEntry entry, Throwable failure) {
    if (blocking) {
      failed(entry, failure);
    } else {
      workers.execute(() -> failed(entry, failure));
    }
  }

  private static Throwable own(Throwable e) {
    Exception own = e instanceof IOException io ? Failures.ownOf(io) : null;
    return own == null ? e : own;
  }
}
