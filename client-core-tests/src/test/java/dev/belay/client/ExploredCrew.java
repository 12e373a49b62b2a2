package dev.belay.client;

import java.net.UnknownHostException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Threads that the model checker knows, for connections that are not connected to anything. */
final class ExploredCrew implements Crew {
  private final Explored explored;
  private final int cap;
  private final Workers threads = new Workers("explored", 0, task -> new Thread(task).start());
  private final Resolver resolver = new Resolver("explored");
  private final Queue<TrackedSocket> sockets = new ConcurrentLinkedQueue<>();

  /** Set while one thread prepares the operations or looks at what they left. */
  private volatile boolean alone;

  /** Written before the operations. */
  private volatile boolean findsNoAddress;

  ExploredCrew(Explored explored, int cap) {
    this.explored = explored;
    this.cap = cap;
  }

  @Override
  public Workers workers() {
    return threads;
  }

  @Override
  public Workers exchanges() {
    return threads;
  }

  @Override
  public Workers callbacks() {
    return threads;
  }

  @Override
  public Resolver resolver() {
    return resolver;
  }

  void findNoAddress() {
    findsNoAddress = true;
  }

  boolean findsNoAddress() {
    return findsNoAddress;
  }

  @Override
  public void start(Carrier carrier) {
    if (alone) {
      host(carrier);
    } else {
      threads.execute(() -> host(carrier));
    }
  }

  private void host(Carrier carrier) {
    if (findsNoAddress) {
      carrier.failed(new UnknownHostException("explored"));
      return;
    }
    carrier.handOver(null);
  }

  /** What a first exchange does. */
  void connect(Carrier carrier) {
    TrackedSocket socket = new TrackedSocket();
    if (!carrier.isConnected() && carrier.admits(socket)) {
      sockets.add(socket);
      explored.expect(openSockets() <= cap, "the cap is kept");
      carrier.connected(explored.protocol);
    }
  }

  /** Without other threads, before and after the operations. */
  void alone(Runnable part) {
    alone = true;
    part.run();
    alone = false;
  }

  long openSockets() {
    return sockets.stream().filter(socket -> !socket.isShut()).count();
  }

  @Override
  public boolean awaitHosts(long nanos) {
    return true;
  }

  @Override
  public int hosts() {
    return 0;
  }
}
