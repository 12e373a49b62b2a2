package dev.belay.client;

import java.time.Duration;
import java.util.Objects;
import okhttp3.Response;
import org.checkerframework.checker.mustcall.qual.NotOwning;

/**
 * An HTTP client that cannot outlive its scope.
 *
 * <p>By default: at most 10 connections, a deadline of 30 s for each call, three attempts for what
 * can be repeated safely. {@link #send} is the way to use it: the answer is read by a handler and
 * closed when that returns, so there is nothing to leak. Building a client opens no socket and
 * starts no thread; the first call does.
 *
 * <p>{@link #builder()} gives the client a pool of its own, which it closes. {@link
 * #builder(BoundedPool)} borrows one, and closing the client leaves the pool and the siblings
 * alone.
 *
 * <p>Safe for use by several threads. Whoever builds a client closes it.
 */
public final class BelayClient extends Caller {
  BelayClient(ClientState state) {
    super(state);
  }

  /**
   * A client with a private pool, which closes with it.
   *
   * @return a new builder
   */
  public static BelayClientBuilder builder() {
    return new BelayClientBuilder(null);
  }

  /**
   * A client that borrows a pool; it does not close it.
   *
   * @param pool the pool, which its owner closes
   * @return a new builder
   */
  @SuppressWarnings("exports") // an annotation for tools, which a consumer need not have
  public static BelayClientBuilder builder(@NotOwning BoundedPool pool) {
    return new BelayClientBuilder(Objects.requireNonNull(pool, "pool"));
  }

  /**
   * What the pool of this client has open now, for its siblings too where it is shared. Does not
   * block.
   *
   * @return a snapshot
   */
  public PoolSnapshot snapshot() {
    return state.pool.snapshot();
  }

  /**
   * Closes the client, letting its running calls finish for up to 5 s, and its pool if that is its
   * own. Logs a warning when something had to be cut; else like {@link #close(Duration)}.
   */
  @Override
  public void close() {
    Closer.warnIfCut(close(Closer.GRACE));
  }

  /** {@inheritDoc} A client closes its pool too, if that is its own. */
  @Override
  public CloseReport close(Duration grace) {
    return state.close(grace);
  }

  /**
   * The time that is left to the call of a response, for a handler that has more to do with it,
   * such as a further call: {@code CallOptions.deadline(BelayClient.remaining(response))}.
   *
   * @param response one that a client of Belay gave to a handler, a callback or a caller
   * @return a nanosecond when its deadline has passed, so that a further call with it fails as one
   *     that is too late; a century for a {@link CallOptions#streaming} call
   * @throws IllegalArgumentException for a response that is not of a call of Belay
   */
  public static Duration remaining(Response response) {
    if (response.body() instanceof LeasedBody leased) {
      Duration left = leased.lease.call().deadline.remaining();
      return left.isZero() ? Duration.ofNanos(1) : left;
    }
    throw new IllegalArgumentException("this response is not of a call of Belay");
  }

  /** The settings, secrets masked, and below them what is open in the client, one line each. */
  @Override
  public String toString() {
    return Tree.of(state.pool, state.node, "client " + state.settings + " on " + state.pool.node);
  }
}
