package dev.belay.client;

/** What an idle connection must match to carry a call: where it leads, and how it was made. */
record Route(Origin origin, Wiring wiring) {
  /** Whether a connection may turn out to carry several exchanges at a time. */
  boolean mayMultiplex() {
    return origin.tls() ? wiring.offersHttp2 : wiring.assumesHttp2;
  }

  @Override
  public String toString() {
    return origin.toString();
  }
}
