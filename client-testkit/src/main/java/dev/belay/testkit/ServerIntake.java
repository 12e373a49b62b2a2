package dev.belay.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that accepts and reads.
 *
 * <p>It makes the count exact. A client that closes one connection and opens the next has done so
 * in this order, but threads of their own for accepting and reading would notice in any order and
 * count both. Here each connection, once accepted, is counted only after everything that had
 * arrived on the others by then was taken, their ends included.
 */
final class ServerIntake implements Closeable {

  private static final int BACKLOG = 1024;
  private static final long RETRY_ACCEPT_NANOS = 1_000_000;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final String name;
  private final ConnectionCensus census;
  private final ServerThreads threads;
  private final Admission admission;
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final int port;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 * 1024);

  // Written once by close; the wakeup that follows makes the intake thread look.
  private volatile boolean stopping;

  // Whoever asks for a settled count increments it; atomic.
  private final AtomicLong questions = new AtomicLong();

  // Only the intake thread touches these.
  private long settled;
  private boolean callersWaiting;
  private boolean acceptFailed;
  private int accepted;

  /** Makes a connection of what was accepted. */
  @FunctionalInterface
  interface Admission {

    /**
     * Makes it, without beginning to use it.
     *
     * @param number from 1 on
     * @param caller what was accepted; closed by the intake if this fails
     * @param selector to register it with, a {@link Selected} attached to each key
     */
    CountedConnection admit(int number, SocketChannel caller, Selector selector) throws IOException;
  }

  /** What is attached to a key. */
  @FunctionalInterface
  interface Selected {

    /** Runs on the intake thread: takes what has come and whatever ends it. */
    void ready(ByteBuffer scratch);
  }

  ServerIntake(String name, ConnectionCensus census, ServerThreads threads, Admission admission)
      throws IOException {
    this.name = name;
    this.census = census;
    this.threads = threads;
    this.admission = admission;
    selector = Selector.open();
    listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
    listener.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), BACKLOG);
    port = listener.socket().getLocalPort();
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  int port() {
    return port;
  }

  void start() {
    threads.start(name + "-" + port + "-intake", this::run);
  }

  private void run() {
    try {
      while (!stopping) {
        takeTurn();
      }
    } catch (IOException e) {
      census.failed(e);
    } finally {
      end();
      settle(Long.MAX_VALUE);
    }
  }

  private void takeTurn() throws IOException {
    long asked = questions.get();
    if (asked > settled) {
      selector.selectNow(this::take);
    } else {
      selector.select(this::take);
    }
    if (callersWaiting) {
      callersWaiting = false;
      acceptAll();
    }
    settle(asked);
  }

  private void settle(long turn) {
    if (turn > settled) {
      settled = turn;
      census.settled(turn);
    }
  }

  /** Returns when all that had reached the kernel before this call is counted. */
  void awaitSettled() {
    long question = questions.incrementAndGet();
    selector.wakeup();
    census.awaitSettled(question);
  }

  private void take(SelectionKey key) {
    if (key.attachment() instanceof Selected selected) {
      selected.ready(scratch);
    } else {
      callersWaiting = true;
    }
  }

  private void acceptAll() throws IOException {
    for (SocketChannel caller = accept(); caller != null; caller = accept()) {
      selector.selectNow(this::take);
      admit(caller);
    }
    // The last one may have come and gone.
    selector.selectNow(this::take);
  }

  private @Nullable SocketChannel accept() {
    try {
      return listener.accept();
    } catch (IOException e) {
      // Mostly "Too many open files": the caller stays in the backlog until there is room again,
      // and saying so once is enough.
      if (!acceptFailed) {
        census.failed(e);
      }
      acceptFailed = true;
      LockSupport.parkNanos(RETRY_ACCEPT_NANOS);
      return null;
    }
  }

  private void admit(SocketChannel caller) throws IOException {
    CountedConnection connection;
    try {
      connection = admission.admit(++accepted, caller, selector);
    } catch (IOException e) {
      caller.close();
      return;
    }
    census.opened(connection);
    connection.begin();
  }

  private void end() {
    census.connections().forEach(CountedConnection::close);
    closeUncounted();
    try (listener;
        selector) {
      // Both close here; the selector, first, gives back the descriptors of the connections.
    } catch (IOException e) {
      census.failed(e);
    }
  }

  /** A connection that its client has ended may still be open to the other side. */
  private void closeUncounted() {
    for (SelectionKey key : selector.keys()) {
      try {
        key.channel().close();
      } catch (IOException e) {
        census.failed(e);
      }
    }
  }

  /** Makes the thread end, which closes every connection, and waits for it. */
  @Override
  public void close() {
    stopping = true;
    selector.wakeup();
    census.awaitSettled(Long.MAX_VALUE);
  }
}
