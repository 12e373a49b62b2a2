package dev.belay.client;

/** Makes a call that waits go on: a parked thread, or a queue entry that gets one. */
interface Waker {
  /** Called by any thread, never under a lock. Harmless when the call does not wait. */
  void wake();

  /** Like {@link #wake()}; the call got this connection and may run on its thread. */
  void wake(Carrier carrier);

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
}
