package dev.belay.testkit;

import java.util.Objects;
import okhttp3.EventListener;

/**
 * Tells the report about a leak which line opened the connection, for clients of OkHttp, 4.12 or 5,
 * that are not Belay's.
 *
 * <p>{@code @NoLeaks} finds what such a client leaves open without this. With it the report also
 * has the stack of the call, and an answer that was neither read to its end nor closed is told from
 * a connection at rest. A call that was cancelled but whose answer was not closed is not over.
 *
 * <p>Add it where tests build their client:
 *
 * <pre>{@code
 * new OkHttpClient.Builder().eventListenerFactory(OkHttpLeaks.listener()).build()
 * }</pre>
 *
 * <p>A call costs one stack, which becomes text only if it is reported. What is kept for each
 * connection is the last call's stack, thread, method and URL, of which no query and no user
 * information is part. Thread-safe; nothing blocks; there is nothing to close.
 */
public final class OkHttpLeaks {

  private OkHttpLeaks() {}

  /**
   * For a client that has no event listener of its own.
   *
   * @return a factory for any number of clients
   */
  public static EventListener.Factory listener() {
    return call -> new OkHttpOpener(EventListener.NONE);
  }

  /**
   * For a client that has an event listener already, which still gets every event.
   *
   * @param other makes that listener
   * @return a factory for any number of clients
   */
  public static EventListener.Factory listener(EventListener.Factory other) {
    Objects.requireNonNull(other, "other");
    return call -> new OkHttpOpener(other.create(call));
  }
}
