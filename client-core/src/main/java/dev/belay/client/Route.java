package dev.belay.client;

/** What an idle connection must match to carry a call: where it leads, and how it was made. */
record Route(Origin origin, Wiring wiring) {
  @Override
  public String toString() {
    return origin.toString();
  }
}
