package dev.belay.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port at which nobody can connect, and which nobody else gets meanwhile. */
final class DeadPort implements Closeable {

  private static final int PATIENCE_MILLIS = 100;
  private static final int MOST_FILLERS = 8;

  // Only the thread that starts the site writes it, before anybody knows the port.
  private final List<Closeable> held = new ArrayList<>();
  private int number;

  boolean isBound() {
    return number != 0;
  }

  int number() {
    return number;
  }

  /** Bound and not listening: the kernel refuses. */
  void refuse() throws IOException {
    Socket bound = new Socket();
    held.add(bound);
    bound.bind(FaultPort.address(0));
    number = bound.getLocalPort();
  }

  /** Linux drops who asks for a place in a queue that is full. */
  void drop() throws IOException {
    ServerSocket listener = new ServerSocket();
    held.add(listener);
    listener.bind(FaultPort.address(0), 1);
    number = listener.getLocalPort();
    while (held.size() < MOST_FILLERS && takesOneMore()) {}
  }

  private boolean takesOneMore() throws IOException {
    Socket filler = new Socket();
    held.add(filler);
    try {
      filler.connect(FaultPort.address(number), PATIENCE_MILLIS);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() {
    for (Closeable one : held) {
      try {
        one.close();
      } catch (IOException e) {
        // It is closed either way.
      }
    }
  }
}
