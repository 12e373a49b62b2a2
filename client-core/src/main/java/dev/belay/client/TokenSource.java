package dev.belay.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of the {@code Authorization} header comes from.
 *
 * <p>Asked once by the first call of a client, and again when a server answers 401 to the value;
 * all calls that need a value at that time wait for the same one. Called on a thread of the pool,
 * one at a time, and may block: a call waits for it no longer than its deadline. It must not use
 * the client that it is the source of, whose calls wait for it: such a call fails at once with
 * {@link LimitReachedException.Limit#REENTRANT}.
 */
@FunctionalInterface
public interface TokenSource {
  /**
   * Fetches a value, for example {@code Bearer abc}.
   *
   * @param rejected the value that a server has just answered 401 to; null for the first
   * @return the whole value of the header, which appears in no message
   * @throws IOException when there is none; to the calls that wait for it this is a failed attempt
   *     that sent nothing, so they wait for another fetch as often as the {@link RetryPolicy} says,
   *     and fail with the last one as their cause
   */
  String authorization(@Nullable String rejected) throws IOException;
}
