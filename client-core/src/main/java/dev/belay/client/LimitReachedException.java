package dev.belay.client;

import java.util.List;

/**
 * A limit of this client or its pool left no room for the call; nothing was sent in this attempt.
 *
 * <p>Local refusals are never retried. {@link #holders()} names those who had the room when the
 * call was refused, oldest first, so that a leak shows itself here. The outcome is {@link
 * Outcome#NOT_SENT}, unless an earlier attempt of the call got further.
 */
public final class LimitReachedException extends CallFailedException {
  private static final long serialVersionUID = 1;

  private final Limit limit;
  private final transient List<Holder> holders;

  /** Which limit was reached. */
  public enum Limit {
    /**
     * No connection became free within {@link BoundedPoolBuilder#maxWait}; or the call had a place
     * for one, and all threads that look up hosts hung for so long.
     */
    POOL,
    /**
     * A bounded queue had no place left: that of the client's calls for a connection ({@link
     * BoundedPoolBuilder#maxQueue}), for admission, the bulkhead or a turn under the rate limit
     * ({@link BelayClientBuilder#maxQueuedCalls}).
     */
    QUEUE,
    /** No permit of the bulkhead became free within {@link BoundedPoolBuilder#maxWait}. */
    BULKHEAD,
    /**
     * The origin of the call wants to be left alone beyond the deadline of the call: it sent a
     * {@code Retry-After} to this or another call. {@link #retryAfter()} says for how long.
     */
    PAUSE,
    /**
     * The turn of the attempt under {@link BelayClientBuilder#rateLimit} would come after the
     * deadline of its call. Fails at once; {@link #retryAfter()} says when one would find its turn
     * without a wait.
     */
    RATE,
    /**
     * The circuit breaker of the origin is open ({@link BelayClientBuilder#circuitBreaker}), or the
     * attempts that try the origin out are all under way. Fails at once; {@link #retryAfter()} says
     * how long it stays open, and is empty while the origin is tried out.
     */
    BREAKER,
    /**
     * The call was made in the code of another, such as its handler or an interceptor, and would
     * have waited for that one to end: all that it could wait for is held by such calls. Or a
     * {@link TokenSource} called the client that it is the source of. Fails at once, without a
     * wait.
     */
    REENTRANT
  }

  LimitReachedException(
      String message, Circumstances circumstances, Limit limit, List<Holder> holders) {
    super(message + describe(holders), circumstances, null);
    this.limit = limit;
    this.holders = List.copyOf(holders);
  }

  private static String describe(List<Holder> holders) {
    return holders.isEmpty()
        ? ""
        : "; held by " + holders.size() + ", the oldest: " + holders.get(0);
  }

  /**
   * The limit that was reached.
   *
   * @return never null
   */
  public Limit limit() {
    return limit;
  }

  /**
   * Who held the room when the call was refused, oldest first, at most 50: connections, those that
   * are being made included, or the permits of the client. For a re-entrant call it is the one that
   * it was made in; for one that a {@link TokenSource} made it is nobody.
   *
   * @return immutable; empty where nobody holds what is missing, as with {@link Limit#RATE}, {@link
   *     Limit#BREAKER} and {@link Limit#PAUSE}, and after serialisation
   */
  public List<Holder> holders() {
    return holders == null ? List.of() : holders;
  }
}
