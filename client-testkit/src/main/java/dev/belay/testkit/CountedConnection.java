package dev.belay.testkit;

import java.io.Closeable;

/** A connection that a {@link ServerIntake} has accepted and a {@link ConnectionCensus} counts. */
interface CountedConnection extends Closeable {

  int clientPort();

  /** What can be said of it now. Called from any thread. */
  PeerConnection peer();

  /** Whether the client's end may have come behind bytes that wait for somebody to take them. */
  default boolean mayHaveEndedUnseen() {
    return false;
  }

  /** Called once, by the intake thread, when it is counted. */
  void begin();

  /** Gives it up, whatever the client does. */
  @Override
  void close();
}
