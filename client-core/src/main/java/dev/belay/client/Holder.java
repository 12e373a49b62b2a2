package dev.belay.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that is open: who holds it, for how long, and where it was opened. It is data, and
 * keeps nothing open.
 *
 * @param kind what is open: {@code pool}, {@code client}, {@code scope}, {@code call}, {@code
 *     response} (a call whose answer was handed out) or {@code lease} (a call's hold on a
 *     connection)
 * @param name the name of the pool, client or scope: its own, or that of the one it was made
 *     through
 * @param what for a call, response or lease the method, origin and path of its request, never a
 *     query, a header or a body; else empty
 * @param phase for a call, response or lease how far the call has come, else null
 * @param age how long it has been open
 * @param thread the name of the thread that opened it; {@code a thread} with {@link
 *     TrackingLevel#OFF}
 * @param localPort the local port of the connection that a call, response or lease holds, by which
 *     the kernel and the server know it; 0 without one
 * @param openedAt the stack of the opener, or null when the {@link TrackingLevel} did not take one
 */
public record Holder(
    String kind,
    String name,
    String what,
    @Nullable Phase phase,
    Duration age,
    String thread,
    int localPort,
    @Nullable Throwable openedAt) {

  /** Says what is open, since when, and the line that opened it, in one line. */
  @Override
  public String toString() {
    String where = openedAt == null ? "unknown line (raise the tracking level)" : place();
    return (what.isEmpty() ? kind + " '" + name + "'" : kind + " " + what + ofCall())
        + ", open for "
        + Text.of(age)
        + ", opened by "
        + thread
        + " at "
        + where;
  }

  private String ofCall() {
    return (phase == null ? "" : " in " + phase) + " of " + name;
  }

  /**
   * The first frame of {@link #openedAt} that is not part of a client library.
   *
   * @return the frame as text, or an empty string when no stack was taken
   */
  public String place() {
    return openedAt == null ? "" : Tracking.firstForeignFrame(openedAt);
  }
}
