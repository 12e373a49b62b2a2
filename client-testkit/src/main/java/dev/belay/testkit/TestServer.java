package dev.belay.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A small HTTP/1.1 server on a free port of 127.0.0.1 that answers as it is told and counts, for
 * any client, what that client really has open.
 *
 * <p>By default connections are kept open for as many requests as the client sends and never closed
 * for idleness.
 *
 * <p><b>What is counted.</b> A connection counts from the moment the server has accepted it until
 * the client's end of it (FIN or RST) has reached this machine's kernel, or until the server
 * decided to close it. {@link #mostConnections()} is exact: that many connections were open at one
 * instant. Before a connection is counted, the ends of all earlier ones that had arrived by then
 * are taken, so a client that closes one and then opens one is never seen with both. Three limits:
 * a client that returns from its close before the kernel sends the FIN is seen with that connection
 * until then; a connection of which the client closed only the sending half counts as closed and
 * gets no answer; a connection that the server gave up is no longer counted although the client may
 * still hold its half, which only {@link KernelSockets} shows.
 *
 * <p>One daemon thread a connection runs the handler and writes; another one, for the whole server,
 * accepts and reads, so that the counts stay true while a handler blocks. Thread-safe. Whoever
 * starts a server closes it.
 */
public final class TestServer implements Closeable {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final ConnectionCensus census = new ConnectionCensus();
  private final ServerIntake intake;
  private final ServerThreads threads = new ServerThreads();
  private final AtomicBoolean closed = new AtomicBoolean();

  private TestServer(IdlePolicy idle, Handler handler) {
    Objects.requireNonNull(handler, "handler");
    try {
      ServerSetup setup = new ServerSetup(handler, idle, census, threads);
      intake =
          new ServerIntake(
              "belay-test-server",
              census,
              threads,
              (number, caller, selector) -> new ServerConnection(number, caller, selector, setup));
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback interface", e);
    }
    intake.start();
  }

  /**
   * Starts a server that never closes an idle connection.
   *
   * @param handler says what to answer
   * @return the server, ready for connections
   * @throws UncheckedIOException if no port can be bound
   */
  public static TestServer start(Handler handler) {
    return new TestServer(IdlePolicy.NEVER, handler);
  }

  /**
   * Starts a server that closes a connection on which no byte of the next request has come in this
   * time, counted from the last byte of the answer, or from acceptance. Clients are not told.
   *
   * @param idle how long a connection may be idle; zero is for ever
   * @param handler says what to answer
   * @return the server, ready for connections
   * @throws IllegalArgumentException if the duration is negative
   * @throws UncheckedIOException if no port can be bound
   */
  public static TestServer startClosingIdle(Duration idle, Handler handler) {
    return new TestServer(new IdlePolicy(idle, false), handler);
  }

  /**
   * Starts a server that closes idle connections like {@link #startClosingIdle} and says so in
   * every answer: {@code Keep-Alive: timeout=5}, in whole seconds, rounded down.
   *
   * @param idle how long a connection may be idle; at least 1 second
   * @param handler says what to answer
   * @return the server, ready for connections
   * @throws IllegalArgumentException if the duration is shorter than 1 second
   * @throws UncheckedIOException if no port can be bound
   */
  public static TestServer startAnnouncingIdle(Duration idle, Handler handler) {
    return new TestServer(new IdlePolicy(idle, true), handler);
  }

  /**
   * The port that the server listens on.
   *
   * @return the port number
   */
  public int port() {
    return intake.port();
  }

  /**
   * The address of a path on this server.
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
   * How many requests were read completely since the start, whatever became of them.
   *
   * @return the number of requests
   */
  public int requests() {
    return census.requests();
  }

  /**
   * What handlers threw and what came in that was no request, in the order of events. A handler
   * that throws answers 500 with the name of the exception's class; a malformed request is answered
   * with 400 and listed as a {@link java.net.ProtocolException}.
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

  /**
   * Waits, without polling, until at least this many requests were read completely.
   *
   * @param expected the number to wait for, counted from the start of the server
   * @param limit how long to wait; zero only looks
   * @throws AssertionError if the time passes; the message lists the open connections
   * @throws InterruptedException if the calling thread is interrupted
   */
  public void awaitRequests(int expected, Duration limit) throws InterruptedException {
    census.awaitRequests(expected, limit);
  }

  /** What it can say about connections, for the verdict over the test that it belongs to. */
  PortWitness witness() {
    return new IntakeWitness(intake, census);
  }

  /**
   * Closes every connection and the port, interrupts handlers, and returns when all threads have
   * ended, after at most 1 second. A handler that ignores its interrupt longer than that is listed
   * in {@link #failures()}. A second call does nothing.
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

  /** The address and the counts. */
  @Override
  public String toString() {
    return "TestServer["
        + url("/")
        + ", open "
        + census.open()
        + ", most "
        + census.most()
        + ", total "
        + census.total()
        + ", requests "
        + census.requests()
        + "]";
  }

  /** Says what to answer. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Called once for each request, on the thread of its connection: for several connections at the
     * same time. It may block; to wait before an answer, prefer {@link Answer#after}, which ends
     * with the connection.
     *
     * @param request the whole request
     * @return what to do about it
     * @throws Exception if the handler fails, which answers 500 and is kept in {@link
     *     TestServer#failures()}
     */
    Answer answer(Received request) throws Exception;
  }
}
