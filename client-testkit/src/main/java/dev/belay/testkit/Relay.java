package dev.belay.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A free port of 127.0.0.1 that leads to a server which is there already, such as a container or a
 * mock server that many tests share. One relay for each test tells whose connections are whose, and
 * counts, for any client, what that client really has open.
 *
 * <p>Bytes pass unchanged in both directions, TLS and HTTP/2 among them. Half-closes are passed on
 * as half-closes and resets as resets. A side that does not read makes the other side wait: the
 * relay keeps at most 64 KiB for each direction of a connection. It connects to the target when a
 * client connects to it; if that fails the client's connection is reset and {@link #failures()}
 * says why. The server sees the relay's address and port instead of the client's.
 *
 * <p><b>What is counted.</b> A connection counts from the moment the relay has accepted it until
 * the client's end of it (FIN or RST) has reached this machine's kernel, or until the target's
 * reset was passed on. So a client that keeps its half although the server has closed long ago is
 * still seen. Before a connection is counted, the ends of all earlier ones that had arrived by then
 * are taken. One limit: the end of a client that sends more than the target takes comes after what
 * it has sent and is seen when the target has taken that.
 *
 * <p>Of what passes, it keeps the last request's method, path without query and {@code User-Agent}
 * for reports, if the connection speaks HTTP/1.1 in clear text, and nothing else.
 *
 * <p>One daemon thread does it all. Thread-safe. Whoever starts a relay closes it; {@code @NoLeaks}
 * does both for a test that has a parameter of this type.
 */
public final class Relay implements Closeable {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final ConnectionCensus census = new ConnectionCensus();
  private final RelayTarget target = new RelayTarget();
  private final ServerThreads threads = new ServerThreads();
  private final ServerIntake intake;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Relay() {
    try {
      intake = new ServerIntake("belay-relay", census, threads, this::admit);
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback interface", e);
    }
    intake.start();
  }

  /**
   * Starts a relay that has no target yet.
   *
   * @return the relay, ready for {@link #to(int)}
   * @throws UncheckedIOException if no port can be bound
   */
  public static Relay start() {
    return new Relay();
  }

  /**
   * Leads to a port of 127.0.0.1. Does not connect yet.
   *
   * @param port of the server, 1 to 65535
   * @return this relay
   * @throws IllegalArgumentException if the port is out of range, or that of this relay
   * @throws IllegalStateException if a connection was relayed already
   */
  public Relay to(int port) {
    requirePort(port);
    try {
      return to(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
    } catch (IOException e) {
      throw new UncheckedIOException("four bytes are an address", e);
    }
  }

  /**
   * Leads to a port of a host, which is looked up here and now. Does not connect yet.
   *
   * @param host its name or address
   * @param port of the server, 1 to 65535
   * @return this relay
   * @throws IllegalArgumentException if the port is out of range or the host is not known
   * @throws IllegalStateException if a connection was relayed already
   */
  public Relay to(String host, int port) {
    requirePort(port);
    return to(new InetSocketAddress(host, port));
  }

  /**
   * Leads to an address. Does not connect yet.
   *
   * @param address of the server
   * @return this relay
   * @throws IllegalArgumentException if the address is not resolved, its port is 0, or it is this
   *     relay's own
   * @throws IllegalStateException if a connection was relayed already
   */
  public Relay to(InetSocketAddress address) {
    requirePort(address.getPort());
    InetAddress host = address.getAddress();
    if (host == null) {
      throw new IllegalArgumentException(
          "the target's host is unknown: " + address.getHostString());
    }
    if (host.isLoopbackAddress() && address.getPort() == port()) {
      throw new IllegalArgumentException("a relay cannot lead to its own port, which is " + port());
    }
    target.set(address);
    return this;
  }

  private CountedConnection admit(int number, SocketChannel caller, Selector selector)
      throws IOException {
    try {
      return new RelayConnection(caller, selector, target, census);
    } catch (IOException e) {
      // Mostly "Too many open files", of which nobody would know otherwise.
      census.failed(e);
      throw e;
    }
  }

  private static void requirePort(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the target's port must be 1 to 65535 but is " + port);
    }
  }

  /**
   * The port that clients connect to.
   *
   * @return the port number
   */
  public int port() {
    return intake.port();
  }

  /**
   * The address of a path of the target, by way of this relay.
   *
   * @param path an encoded path with its leading slash, possibly with a query
   * @return a URL such as {@code http://127.0.0.1:4711/path}
   * @throws IllegalArgumentException if the path does not start with a slash
   */
  public String url(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path must start with a slash but is " + path);
    }
    return "http://127.0.0.1:" + port() + path;
  }

  /**
   * How many connections are open now.
   *
   * @return the number of connections, idle ones included
   */
  public int openConnections() {
    intake.awaitSettled();
    return census.open();
  }

  /**
   * The largest number of connections that were open at one instant since the start.
   *
   * @return the number of connections
   */
  public int mostConnections() {
    intake.awaitSettled();
    return census.most();
  }

  /**
   * How many connections were accepted since the start.
   *
   * @return the number of connections
   */
  public int totalConnections() {
    intake.awaitSettled();
    return census.total();
  }

  /**
   * What went wrong in the relay itself, in the order of events: an {@link IllegalStateException}
   * for a connection that came when there was no target, a {@link java.net.ConnectException} for
   * one whose target was not reachable. What client and server do to each other is no failure.
   *
   * @return a copy of the list, empty if all went well
   */
  public List<Throwable> failures() {
    return census.failures();
  }

  /**
   * Waits, without polling, until exactly this many connections are open.
   *
   * @param expected the number to wait for
   * @param limit how long to wait; zero only looks
   * @throws AssertionError if the time passes; the message lists the open connections
   * @throws InterruptedException if the calling thread is interrupted
   */
  public void awaitOpenConnections(int expected, Duration limit) throws InterruptedException {
    intake.awaitSettled();
    census.awaitOpen(expected, limit);
  }

  /** What it can say about connections, for the verdict over the test that it belongs to. */
  PortWitness witness() {
    return new IntakeWitness(intake, census);
  }

  /**
   * Closes every connection on both sides and the port, and returns when its thread has ended,
   * after at most 1 second. A second call does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    intake.close();
    for (Thread survivor : threads.end(CLOSE_LIMIT)) {
      census.failed(new IllegalStateException(survivor.getName() + " did not end"));
    }
  }

  /** The address, the target and the counts. */
  @Override
  public String toString() {
    return "Relay["
        + url("/")
        + " to "
        + target
        + ", open "
        + census.open()
        + ", most "
        + census.most()
        + ", total "
        + census.total()
        + "]";
  }
}
