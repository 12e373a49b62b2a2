package dev.belay.client;

/** The threads of a pool. */
interface Crew {
  /** Take asynchronous calls from gate to gate, where nothing blocks. */
  Workers workers();

  /** Run asynchronous exchanges beside the parked one, with their handlers. */
  Workers exchanges();

  /** Run what may block for as long as users' code likes. */
  Workers callbacks();

  /** Asks for what connections have to find out. */
  Resolver resolver();

  /** Has the connection made by a thread that stays with it to its end. */
  void start(Carrier carrier);

  /** Waits for the threads of the connections; false when one is held up by users' code. */
  boolean awaitHosts(long nanos);

  /** How many connections have a thread. */
  int hosts();
}
