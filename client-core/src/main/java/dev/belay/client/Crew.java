package dev.belay.client;

import java.io.IOException;

/** The threads of a pool. */
interface Crew {
  /** Take asynchronous calls from gate to gate, where nothing blocks. */
  Workers workers();

  /** Run asynchronous exchanges beside the parked one, with their handlers. */
  Workers exchanges();

  /** Run what may block for as long as users' code likes. */
  Workers callbacks();

  /**
   * Has the connection made by a thread that stays with it to its end.
   *
   * @throws IOException when there is no thread for it
   */
  void start(Carrier carrier) throws IOException;

  /** Waits for the threads of the connections; false when one is held up, as by a look-up. */
  boolean awaitHosts(long nanos);

  /** How many connections have a thread. */
  int hosts();
}
