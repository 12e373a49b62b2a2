package dev.belay.client;

import java.time.Duration;

/**
 * Calls that have all ended when the brace closes.
 *
 * <p>{@link #join} waits for them. Leaving without it, as an exception does, cuts at once what
 * still runs. A scope has the policies, the queue and the connections of its client, and closing it
 * leaves its siblings alone; scopes can be nested, and the outer one ends the inner ones.
 *
 * <p>Safe for use by several threads. Whoever opens a scope closes it.
 */
public final class CallScope extends Caller {
  CallScope(ClientState state) {
    super(state);
  }

  /**
   * Waits until every call of this scope and of those nested in it has ended: its future is done,
   * its response closed. Each has its deadline, so this ends too. Calls that are started meanwhile
   * are waited for as well; new ones may follow later.
   *
   * @throws InterruptedException if the waiting thread is interrupted; the calls go on
   */
  public void join() throws InterruptedException {
    state.pool.joinAll(state.node);
  }

  /**
   * Closes the scope and cuts at once what still runs in it. Logs a warning when something had to
   * be cut; else like {@link #close(Duration)}.
   */
  @Override
  public void close() {
    Closer.warnIfCut(close(Duration.ZERO));
  }

  @Override
  public String toString() {
    return Tree.of(state.pool, state.node, state.node + " of " + state.node.client());
  }
}
