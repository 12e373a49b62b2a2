package dev.belay.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.X509TrustManager;

/**
 * A server on 127.0.0.1 that does wrong whatever a server can do wrong, by name, and counts.
 *
 * <p>Each {@link Fault} has a port of its own, opened when its address is first asked for, so each
 * has its own counts too. The path {@code /} of such a port is well: it answers 200 {@code ok}, on
 * the connection on which a fault went before if the client keeps it. Everything else there is the
 * fault.
 *
 * <p>A connection counts as open until the server has noticed its end, which is at once while it
 * listens, and at the next write while it answers without an end. {@link Fault#NOREAD} does neither
 * for two seconds.
 *
 * <p>A daemon thread a port accepts, and one a connection answers. Thread-safe. Whoever starts a
 * server closes it.
 */
public final class FaultServer implements Closeable {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final boolean secure;
  private final ServerThreads threads = new ServerThreads();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<Fault, FaultSite> sites = new EnumMap<>(Fault.class);
  private boolean closed;

  private FaultServer(boolean secure) {
    this.secure = secure;
  }

  /**
   * Starts a server in clear text, but for faults of TLS.
   *
   * @return the server, which has no port yet
   */
  public static FaultServer start() {
    return new FaultServer(false);
  }

  /**
   * Starts a server on TLS 1.2 and 1.3.
   *
   * @return the server, which has no port yet
   */
  public static FaultServer startSecure() {
    return new FaultServer(true);
  }

  /**
   * The address of a fault; its port is opened when it is not.
   *
   * @param fault what is to go wrong
   * @return a URL such as {@code http://127.0.0.1:4711/fin-mid-body}
   * @throws IllegalStateException if the server is closed
   * @throws UncheckedIOException if no port can be bound
   */
  public String url(Fault fault) {
    return site(fault).here() + "/" + fault.label();
  }

  /**
   * An address on the port of a fault that answers well, unless the fault spoils its whole port.
   *
   * @param fault whose port it is to be
   * @return a URL such as {@code http://127.0.0.1:4711/}
   * @throws IllegalStateException if the server is closed
   * @throws UncheckedIOException if no port can be bound
   */
  public String healthyUrl(Fault fault) {
    return site(fault).here() + "/";
  }

  private FaultSite site(Fault fault) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the server is closed");
      }
      FaultSite site = sites.get(fault);
      if (site == null || site.isUsedUp()) {
        site = new FaultSite(fault, secure, threads).start();
        sites.put(fault, site);
      }
      return site;
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback interface", e);
    } finally {
      lock.unlock();
    }
  }

  private FaultCount count(Fault fault) {
    lock.lock();
    try {
      FaultSite site = sites.get(fault);
      return site == null ? new FaultCount() : site.count();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says whom to trust: the issuer of the certificates, the self-signed one excepted.
   *
   * @return a trust manager for the client of the test
   */
  public X509TrustManager trustManager() {
    return FaultIdentity.trust();
  }

  /**
   * How many requests to the fault were begun: heads that were read to their end, or that opened a
   * stream of HTTP/2.
   *
   * @param fault whose requests
   * @return the number of requests, without those to the healthy path
   */
  public int requests(Fault fault) {
    return count(fault).requests();
  }

  /**
   * How many connections were accepted at the port of the fault.
   *
   * @param fault whose connections
   * @return the number since the start
   */
  public int totalConnections(Fault fault) {
    return count(fault).total();
  }

  /**
   * How many connections to the port of the fault are open, as far as the server knows.
   *
   * @param fault whose connections
   * @return the number now
   */
  public int openConnections(Fault fault) {
    return count(fault).open();
  }

  /**
   * The largest number of connections that the server knew to be open at the port of the fault.
   *
   * @param fault whose connections
   * @return the number; it may count one that the client has just closed
   */
  public int mostConnections(Fault fault) {
    return count(fault).most();
  }

  /**
   * What another host got because of a redirect.
   *
   * @param fault one of the redirects to elsewhere
   * @return the requests in their order, without their bodies; empty if nobody followed
   */
  public List<Received> elsewhere(Fault fault) {
    return count(fault).elsewhere();
  }

  /**
   * Waits, without polling, until the server knows of no open connection at the port of the fault.
   *
   * @param fault whose connections
   * @param limit how long to wait; zero only looks
   * @throws AssertionError if the time passes
   * @throws InterruptedException if the calling thread is interrupted
   */
  public void awaitNoneOpen(Fault fault, Duration limit) throws InterruptedException {
    FaultCount count = count(fault);
    if (!count.awaitNone(limit)) {
      throw new AssertionError(
          count.open() + " connections to " + fault + " are open after " + limit);
    }
  }

  /**
   * Closes every port and connection and returns when all threads have ended, after at most 1
   * second. A second call does nothing.
   */
  @Override
  public void close() {
    takeAll().forEach(FaultSite::close);
    List<Thread> unused = threads.end(CLOSE_LIMIT);
  }

  private Collection<FaultSite> takeAll() {
    lock.lock();
    try {
      closed = true;
      return List.copyOf(sites.values());
    } finally {
      lock.unlock();
    }
  }

  /** What it speaks, and the faults that were asked for. */
  @Override
  public String toString() {
    return "FaultServer[" + (secure ? "TLS" : "clear text") + ", " + ports() + "]";
  }

  private String ports() {
    lock.lock();
    try {
      return sites.keySet().toString();
    } finally {
      lock.unlock();
    }
  }
}
