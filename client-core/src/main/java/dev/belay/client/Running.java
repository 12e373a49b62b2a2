package dev.belay.client;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The call whose code runs on this thread: its handler, an interceptor, a listener, a request body.
 * A close in there must not wait for that call, and a call in there may wait for it in vain.
 */
final class Running {
  private static final ThreadLocal<@Nullable CallEntry> CALL = new ThreadLocal<>();

  private Running() {}

  /** The innermost; null on a thread that runs no code of a call. */
  static @Nullable CallEntry call() {
    return CALL.get();
  }

  /** Enters the code of a call; what it returns is for {@link #leave}. */
  static @Nullable CallEntry enter(CallEntry call) {
    CallEntry before = CALL.get();
    CALL.set(call);
    return before;
  }

  static void leave(@Nullable CallEntry before) {
    if (before == null) {
      CALL.remove(); // a thread of the user's keeps nothing of ours
    } else {
      CALL.set(before);
    }
  }

  /** Whether this thread runs code of the call, or of one that was made in there. */
  static boolean isIn(CallEntry call) {
    return isIn(running -> running == call);
  }

  /** The same, of any call that the filter names. */
  static boolean isIn(Predicate<CallEntry> filter) {
    for (CallEntry inner = CALL.get(); inner != null; inner = inner.outer) {
      if (filter.test(inner)) {
        return true;
      }
    }
    return false;
  }
}
