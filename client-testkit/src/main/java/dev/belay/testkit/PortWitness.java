package dev.belay.testkit;

import java.time.Duration;
import java.util.List;

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
   * The connections that the server ended first, as they were then, and of which the client's end
   * has not come: the client holds its half, or the server has reset or closed the socket, and then
   * only the kernel knows.
   */
  List<PeerConnection> givenUp();

  /** Waits, without polling, until none is open or the limit has passed. */
  void awaitNoneOpen(Duration limit) throws InterruptedException;
}
