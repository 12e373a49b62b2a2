package dev.belay.client;

import java.util.concurrent.Executor;

/** Makes a call that waits go on: a parked thread, or a queue entry that gets one. */
interface Waker {
  /** Called by any thread, never under a lock. Harmless when the call does not wait. */
  void wake();

  /** Like {@link #wake()}; the call got a connection and may run on this thread. */
  void wake(Executor thread);

  /** Whether the thread of the caller waits for the call. */
  boolean isThread();

  /** Whether the thread that drives the call now may block for the exchange on this connection. */
  boolean mayBlock();

  /**
   * Whether the connection is kept until the handler has returned, even if the body has ended: the
   * handler runs on the thread of the connection, and the next call would have to wait for both.
   */
  default boolean keepsConnection() {
    return false;
  }

  /** What the call carries to our threads; nothing where its caller's thread does all for it. */
  default CallContext.Captured context() {
    return Contexts.NOTHING;
  }
}
