package dev.belay.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The server's end of the connections to one port that belongs to one test. Thread-safe. */
interface PortWitness {

  /** The port that clients connect to. */
  int port();

  /**
   * The connections that the client has not ended: neither a FIN nor a RST of it has reached this
   * machine's kernel. Takes some microseconds.
   */
  List<PeerConnection> open();

  /**
   * The client ports of the connections that the server ended first: only the kernel knows whether
   * the client still holds its half.
   */
  Set<Integer> givenUp();

  /** Waits, without polling, until none is open or the limit has passed. */
  void awaitNoneOpen(Duration limit) throws InterruptedException;
}
