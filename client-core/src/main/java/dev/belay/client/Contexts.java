package dev.belay.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What the calls of a client carry from thread to thread. None of it can fail a call. */
final class Contexts {
  static final CallContext.Captured NOTHING = () -> Contexts::nothingToPutBack;

  private final CallContext[] contexts;

  private Contexts(List<CallContext> contexts) {
    this.contexts = contexts.toArray(new CallContext[0]);
  }

  /** The MDC comes first, so that those of users find it restored and may add to it. */
  static Contexts of(List<CallContext> users) {
    List<CallContext> all = new ArrayList<>(users.size() + 1);
    if (MdcContext.isThere()) {
      all.add(new MdcContext());
    }
    all.addAll(users);
    return new Contexts(all);
  }

  /** On the thread that starts the call. */
  CallContext.Captured capture() {
    CallContext.Captured all = NOTHING;
    for (CallContext context : contexts) {
      CallContext.Captured next = capture(context);
      all = all == NOTHING ? next : new Both(all, next);
    }
    return all;
  }

  /** The same for a call that this thread waits for, and that may be listened to on others. */
  CallContext.Captured captureForOthers() {
    return contexts.length == 0 ? NOTHING : new ForOthers(Thread.currentThread(), capture());
  }

  private static CallContext.Captured capture(CallContext context) {
    try {
      return Objects.requireNonNull(context.capture(), "captured");
    } catch (RuntimeException | Error e) {
      Log.CALL.warn("a context could not be captured", e);
      return NOTHING;
    }
  }

  static void run(CallContext.Captured captured, Runnable code) {
    Runnable before = restore(captured);
    try {
      code.run();
    } finally {
      putBack(before);
    }
  }

  /** Gives this thread what was captured; what it returns is for {@link #putBack}. */
  static Runnable restore(CallContext.Captured captured) {
    try {
      return Objects.requireNonNull(captured.restore(), "what puts back");
    } catch (RuntimeException | Error e) {
      Log.CALL.warn("a context could not be restored", e);
      return Contexts::nothingToPutBack;
    }
  }

  static void putBack(Runnable before) {
    try {
      before.run();
    } catch (RuntimeException | Error e) {
      Log.CALL.warn("a thread did not get back what it had before a context", e);
    }
  }

  private static void nothingToPutBack() {}

  @Override
  public String toString() {
    return Arrays.toString(contexts);
  }

  private record Both(CallContext.Captured first, CallContext.Captured second)
      implements CallContext.Captured {
    @Override
    public Runnable restore() {
      Runnable before = Contexts.restore(first);
      Runnable between = Contexts.restore(second);
      return () -> {
        putBack(between);
        putBack(before);
      };
    }
  }

  private record ForOthers(Thread caller, CallContext.Captured captured)
      implements CallContext.Captured {
    @Override
    public Runnable restore() {
      return Thread.currentThread() == caller
          ? Contexts::nothingToPutBack
          : Contexts.restore(captured);
    }
  }
}
