package dev.belay.client;

import java.time.Duration;

/**
 * Calls that have all ended when the brace closes.
 *
 * <p>{@link #join} waits for them. Leaving without it, as an exception does, cuts at once what
 * still runs. A scope has the policies, the queues and the connections of its client, and closing
 * it leaves its siblings alone; scopes can be nested, and the outer one ends the inner ones.
 * Opening one opens no socket and starts no thread.
 *
 * <p>Safe for use by several threads. Whoever opens a scope closes it.
 */
public final class CallScope extends Caller {
  CallScope(ClientState state) {
    super(state);
  }

  /**
   * Waits until every call of this scope and of those nested in it has ended: its future is done,
   * its response closed. Blocks for as long as that takes, which the deadlines of the calls bound,
   * unless a handler does not return. Calls that are started meanwhile are waited for as well; new
   * ones may follow later. What the calls brought is not told here but by their futures: join
   * throws nothing of theirs. A closed scope has nothing to wait for.
   *
   * @throws InterruptedException if the waiting thread is interrupted; the calls go on
   * @throws IllegalStateException if a handler, an interceptor or other code of a call of this
   *     scope joins it, which would wait for itself
   */
  public void join() throws InterruptedException {
    if (Running.isIn(call -> call.node.isWithin(state.node))) {
      throw new IllegalStateException("code of a call of " + state.node + " waits for that call");
    }
    state.pool.joinAll(state.node);
  }

  /**
   * Closes the scope and cuts at once what still runs in it: the grace period is zero. Logs a
   * warning when something had to be cut; else like {@link #close(Duration)}.
   */
  @Override
  public void close() {
    Closer.warnIfCut(close(Duration.ZERO));
  }

  /** The name of the scope and of its client, and below it what is open in it, one line each. */
  @Override
  public String toString() {
    return Tree.of(state.pool, state.node, state.node + " of " + state.node.client());
  }
}
