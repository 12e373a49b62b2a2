package dev.belay.client;

import java.time.Duration;
import java.util.List;

/**
 * What closing a pool, a client or a scope had to do. Calls that only waited fail at once and are
 * in none of the numbers.
 *
 * @param name the name of what was closed
 * @param drained calls that ended by themselves within the grace period
 * @param cancelled calls that were still running after it and were cut
 * @param reclaimed responses that nobody had closed; where they were opened is in {@link #cut}
 * @param took how long closing took
 * @param cut the calls and responses that were cut
 * @param stuck the look-ups that hang, in the platform's resolver or in users' code, each by the
 *     host or by the origin whose proxy was asked for. Closing a pool could not end their threads,
 *     which end when the look-ups do; they have no connection and can get none
 */
public record CloseReport(
    String name,
    int drained,
    int cancelled,
    int reclaimed,
    Duration took,
    List<Holder> cut,
    List<String> stuck) {

  CloseReport withStuck(List<String> lookUps) {
    return new CloseReport(name, drained, cancelled, reclaimed, took, cut, lookUps);
  }

  /**
   * Whether nothing had to be cut.
   *
   * @return true when every call had ended and every response had been closed by its owner
   */
  public boolean clean() {
    return cancelled == 0 && reclaimed == 0;
  }
}
