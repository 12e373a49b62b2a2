package dev.belay.client;

import java.io.IOException;
import java.util.function.BiConsumer;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * The event listener of one call, with the call that its owner knows.
 *
 * @param context for what is told on a thread that runs no code of the call
 */
record UserEvents(EventListener listener, @Nullable Call call, CallContext.Captured context) {
  static final UserEvents NONE = new UserEvents(EventListener.NONE, null, Contexts.NOTHING);

  boolean isHeard() {
    return call != null && listener != EventListener.NONE;
  }

  /** What a listener throws is its own affair: it must neither fail a call nor keep it open. */
  void tell(BiConsumer<EventListener, Call> event) {
    if (call == null || listener == EventListener.NONE) {
      return;
    }
    CallEntry running = Running.call();
    if (running != null && running.events.call == call) {
      tellHere(event, call);
    } else {
      Contexts.run(context, () -> tellHere(event, call));
    }
  }

  private void tellHere(BiConsumer<EventListener, Call> event, Call told) {
    try {
      event.accept(listener, told);
    } catch (RuntimeException | Error e) {
      Log.CALL.warn("an event listener failed", e);
    }
  }

  void ended(@Nullable IOException failure) {
    if (failure == null) {
      tell(EventListener::callEnd);
    } else {
      tell((l, c) -> l.callFailed(c, failure));
    }
  }
}
