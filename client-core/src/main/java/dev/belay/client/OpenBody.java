package dev.belay.client;

import java.util.concurrent.atomic.AtomicReference;
import okhttp3.ResponseBody;

/**
 * The body of an answer as OkHttp opened it, for one thread at a time.
 *
 * <p>OkHttp's threads hold a connection, closed or not, until the body that came over it is closed.
 * Its user may never do that, so the thread of a dead connection does, or whoever is reading then.
 */
final class OpenBody {
  private enum Use {
    FREE,
    TAKEN,
    LEFT_BEHIND
  }

  private final ResponseBody body;
  private final Exchange exchange;

  /** Moved by whoever takes the body, and by the thread of the connection when that is dead. */
  private final AtomicReference<Use> use = new AtomicReference<>(Use.FREE);

  OpenBody(ResponseBody body, Exchange exchange) {
    this.body = body;
    this.exchange = exchange;
  }

  /** False while another thread has it. */
  boolean take() {
    return use.compareAndSet(Use.FREE, Use.TAKEN);
  }

  void giveBack() {
    if (!use.compareAndSet(Use.TAKEN, Use.FREE)) {
      close();
    }
  }

  /**
   * The connection is dead: closes the body, now or when its reader has found that out. One that
   * was read to its end is not open for OkHttp; it is not touched, because its reader may be about
   * to ask for more, and what is buffered above it may still be read.
   */
  void leaveBehind() {
    if (!exchange.traces.bodyEnded() && use.getAndSet(Use.LEFT_BEHIND) == Use.FREE) {
      close();
    }
  }

  private void close() {
    if (!exchange.traces.bodyEnded()) {
      closeUnread();
    }
    use.set(Use.FREE);
  }

  /** Without events: to its call this is no end of the body. Reading it fails from now on. */
  private void closeUnread() {
    exchange.passage.forgetExchange();
    try {
      body.close();
    } catch (RuntimeException e) {
      Log.POOL.debug("the body of a dead connection could not be closed", Scrubbed.of(e));
    }
  }
}
