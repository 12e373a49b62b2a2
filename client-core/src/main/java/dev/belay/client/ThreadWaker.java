package dev.belay.client;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Response;

/** A synchronous call: it waits, exchanges and reads on the thread of its caller. */
final class ThreadWaker implements Waker {
  private final Thread thread = Thread.currentThread();

  @Override
  public void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public void wake(Executor anyThread) {
    wake();
  }

  @Override
  public boolean isThread() {
    return true;
  }

  @Override
  public boolean mayBlock() {
    return true;
  }

  /** Parks between the gates. An interrupt ends the wait at once and stays set. */
  static Response drive(Way way, CallEntry call) throws IOException {
    while (true) {
      Response answer = way.advance(call);
      if (answer != null) {
        return answer;
      }
      if (Thread.currentThread().isInterrupted()) {
        call.cut(new Cut.Cancelled("interrupted while it waited"));
      } else {
        LockSupport.park(call);
      }
    }
  }
}
