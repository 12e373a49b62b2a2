package dev.belay.client;

/**
 * Carries what belongs to a thread, such as a trace or a tenant, from the thread that makes a call
 * to the threads of ours that run users' code for it. By default a client carries the MDC of SLF4J
 * and nothing else.
 *
 * <p>It is captured once for a call, on the thread that starts it, and restored on any other thread
 * before code of the call runs there: handlers, interceptors, request bodies, event listeners,
 * callbacks, and dependents of futures as far as we run them. Afterwards the thread gets back what
 * it had. A call that starts in such code captures what was restored for it. On the thread of the
 * caller nothing is restored and nothing is put back, and a synchronous call without an event
 * listener, which runs nowhere else, captures nothing.
 *
 * <p>What serves many calls runs for none of them, and has no context: token sources, DNS, proxy
 * selectors, TLS factories and lifecycle listeners.
 *
 * <p>What a context throws is logged to {@code dev.belay.client.call}, and the call and the other
 * contexts go on without it.
 *
 * <p>Safe for use by several threads. It must not block and must not make calls.
 */
@FunctionalInterface
public interface CallContext {
  /**
   * Takes what there is to carry. Called on the thread that starts a call.
   *
   * @return what restores it; also where there is nothing, so that what a thread of ours has does
   *     not pass for the caller's
   */
  Captured capture();

  /**
   * What one call carries. Safe for use by several threads: a call may be listened to on one while
   * another runs it.
   */
  @FunctionalInterface
  interface Captured {
    /**
     * Gives this thread what the call carries, before code of the call runs on it. What throws here
     * must have changed nothing, because nothing will be put back.
     *
     * @return puts back what the thread had before; run once, on the same thread, when that code
     *     has returned or thrown, and in the opposite order of restoring where there are several
     */
    Runnable restore();
  }
}
