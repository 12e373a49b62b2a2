package dev.belay.testkit;

import dev.belay.testkit.ConnectionCensus.EndedBy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection. The intake thread reads for it; its own thread runs the handler and
 * writes. Reading never waits for the handler, so the end of a connection is counted when it
 * happens, even while the handler blocks.
 */
final class ServerConnection implements CountedConnection, ServerIntake.Selected, Runnable {

  private final int number;
  private final TestServer.Handler handler;
  private final ConnectionCensus census;
  private final ServerThreads threads;
  private final SocketChannel channel;
  private final int port;
  private final InetSocketAddress client;
  private final SelectionKey key;
  private final ConnectionInbox inbox = new ConnectionInbox();
  private final RequestReader reader = new RequestReader(this, inbox);
  private final AnswerWriter writer;
  private final IdlePolicy idle;

  // Whoever wins it closes: the intake at the client's end, the own thread, or the server's close.
  private final AtomicBoolean closed = new AtomicBoolean();

  // Written by the own thread before it sends the server's FIN, read by the intake.
  private volatile boolean finished;

  // Written by the own thread, and by the intake when the own thread has ended.
  private volatile boolean resets;

  private final long acceptedAt = System.nanoTime();

  // Written by the own thread, read for listings and witnesses.
  private volatile Progress progress = new Progress(null, 0, false);

  /** What was asked, how often, and whether the last answer is still being made. */
  private record Progress(@Nullable Received latest, int requests, boolean answering) {
    Progress asked(Received request) {
      return new Progress(request, requests + 1, true);
    }

    Progress answered() {
      return new Progress(latest, requests, false);
    }
  }

  ServerConnection(int number, SocketChannel channel, Selector selector, ServerSetup setup)
      throws IOException {
    this.number = number;
    this.handler = setup.handler();
    this.census = setup.census();
    this.threads = setup.threads();
    this.idle = setup.idle();
    this.writer = new AnswerWriter(this, inbox, idle);
    this.channel = channel;
    this.port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    this.client = (InetSocketAddress) channel.getRemoteAddress();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  int number() {
    return number;
  }

  @Override
  public int clientPort() {
    return client.getPort();
  }

  @Override
  public PeerConnection peer() {
    Progress now = progress;
    Received latest = now.latest();
    return new PeerConnection(
        clientPort(),
        latest == null ? "" : RequestLine.of(latest.method(), latest.path()),
        latest == null ? "" : Objects.requireNonNullElse(latest.header("User-Agent"), ""),
        now.answering(),
        now.requests(),
        Duration.ofNanos(System.nanoTime() - acceptedAt));
  }

  @Override
  public void begin() {
    threads.start("belay-test-server-" + port + "-connection-" + number, this);
  }

  @Override
  public void run() {
    try (this) {
      boolean open = true;
      while (open && inbox.awaitByte(idle.limit())) {
        open = serveOne();
      }
      finish();
    } catch (IOException e) {
      // The client closed the connection, or the server did before: nobody is left to tell.
      end(EndedBy.CLIENT);
    } catch (InterruptedException e) {
      // The server ends.
    }
  }

  private boolean serveOne() throws IOException, InterruptedException {
    try {
      Received request = reader.read();
      progress = progress.asked(request);
      census.requested();
      boolean reusable = writer.write(answer(request), request);
      progress = progress.answered();
      return reusable;
    } catch (ProtocolException e) {
      census.failed(e);
      return writer.write(Answer.of(400, e.toString()).closeAfter(), reader.unreadable());
    }
  }

  private Answer answer(Received request) {
    try {
      return Objects.requireNonNull(handler.answer(request), "the handler's answer");
    } catch (Throwable e) {
      // An AssertionError of a handler must reach the test as much as an exception.
      if (!closed.get()) {
        census.failed(e);
      }
      return Answer.of(500, e.getClass().getName());
    }
  }

  @Override
  public void ready(ByteBuffer scratch) {
    if (closed.get()) {
      awaitClientsEnd(scratch);
      return;
    }
    try {
      if (key.isWritable()) {
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        inbox.setWritable(true);
      }
      int count = channel.read(scratch.clear());
      while (count > 0) {
        inbox.put(scratch.flip());
        count = channel.read(scratch.clear());
      }
      if (count < 0) {
        end(EndedBy.CLIENT);
      }
    } catch (IOException | CancelledKeyException e) {
      end(EndedBy.CLIENT);
    }
  }

  /** Sends these bytes from the connection's own thread; waits while the client does not read. */
  void send(byte[] bytes) throws IOException, InterruptedException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      if (channel.write(rest) == 0) {
        awaitWritable();
      }
    }
  }

  private void awaitWritable() throws IOException, InterruptedException {
    inbox.setWritable(false);
    try {
      key.interestOpsOr(SelectionKey.OP_WRITE);
      key.selector().wakeup();
    } catch (CancelledKeyException e) {
      throw new ClosedChannelException();
    }
    inbox.awaitWritable();
  }

  /** Its close will not be orderly, and what was not sent yet is lost. */
  void endsByReset() throws IOException {
    resets = true;
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
  }

  /**
   * Ends it from the own thread. The socket stays to see the client's end, which tells who holds
   * the other half without asking the kernel.
   */
  private void finish() {
    if (resets || !closed.compareAndSet(false, true)) {
      return;
    }
    census.ended(this, EndedBy.SERVER);
    inbox.end();
    finished = true;
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      // The client has reset it, or closed it at this very moment, which the intake sees too.
    }
  }

  /** What the client sends to a connection that the server has ended is answered by a reset. */
  private void awaitClientsEnd(ByteBuffer scratch) {
    try {
      int count = finished ? channel.read(scratch.clear()) : 0;
      if (count == 0) {
        return;
      }
      if (count > 0) {
        endsByReset();
      } else {
        census.left(this);
      }
    } catch (IOException e) {
      census.left(this);
    }
    closeChannel();
  }

  @Override
  public void close() {
    end(EndedBy.SERVER);
  }

  /**
   * Closes in the order that keeps the count honest: a connection is crossed out before its client
   * can know, because the client may open the next one at once.
   */
  private void end(EndedBy by) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    census.ended(this, by);
    inbox.end();
    closeChannel();
  }

  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException e) {
      census.failed(e);
    }
    // A registered channel gives its descriptor back in the selector's next turn.
    key.selector().wakeup();
  }

  @Override
  public String toString() {
    return "connection " + number + " from " + client + ", last request: " + progress.latest();
  }
}
