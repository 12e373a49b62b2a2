package dev.belay.client;

/**
 * How many exchanges a connection carries, and may carry at a time: one, or on HTTP/2 as many as
 * the server lets it. Guarded by its table's lock.
 */
final class Streams {
  /** What no server should go below (RFC 9113 section 6.5.2); OkHttp does not tell its limit. */
  private static final int MOST_OF_HTTP_2 = 100;

  private final Passage parked;
  private int used;
  private int most = 1;
  private boolean multiplexed;
  private boolean retired;

  /** Whether the parked call can carry an exchange; a cancelled one never can again. */
  private boolean parkedIsFree = true;

  Streams(Passage parked) {
    this.parked = parked;
  }

  void multiplex() {
    multiplexed = true;
    most = MOST_OF_HTTP_2;
  }

  boolean isMultiplexed() {
    return multiplexed;
  }

  boolean hasRoom() {
    return !retired && used < most;
  }

  boolean isUnused() {
    return used == 0;
  }

  boolean isRetired() {
    return retired;
  }

  Passage begin() {
    used++;
    if (parkedIsFree) {
      parkedIsFree = false;
      return parked;
    }
    return new Passage();
  }

  /**
   * @param again whether its call of OkHttp can carry another exchange, if it is the parked one
   */
  void end(Passage passage, boolean again) {
    used--;
    parkedIsFree |= again && passage == parked;
    if (multiplexed && used == 0) {
      most = MOST_OF_HTTP_2; // what was found when it was full may be too low by now
    }
  }

  /** It carries no further exchange, and ends with those that it carries. */
  void retire() {
    retired = true;
  }

  /** The server lets it carry no more than these, or it is going away and will carry none. */
  void refusedAnother() {
    most = used;
    retired |= used == 0;
  }
}
