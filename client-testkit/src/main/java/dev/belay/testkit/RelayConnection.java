package dev.belay.testkit;

import dev.belay.testkit.ConnectionCensus.EndedBy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A client's connection and the one to the target. Only the intake thread works on it. */
final class RelayConnection implements CountedConnection, ServerIntake.Selected {

  /** So long after its last byte an answer is taken to be whole, of which a relay knows no end. */
  private static final long QUIET_NANOS = Duration.ofMillis(20).toNanos();

  private final RelayTarget target;
  private final ConnectionCensus census;
  private final InetSocketAddress address;
  private final long acceptedAt = System.nanoTime();
  private final RequestSniffer sniffer = new RequestSniffer();
  private final RelayEnd client;
  private final RelayEnd server;
  private final RelayPipe up;
  private final RelayPipe down;
  private boolean closed;

  // Written by the intake thread, read by witnesses.
  private volatile boolean clientTakesNothing;
  private volatile boolean serverTakesNothing;
  private volatile long answeredAt = acceptedAt - QUIET_NANOS;

  RelayConnection(
      SocketChannel caller, Selector selector, RelayTarget target, ConnectionCensus census)
      throws IOException {
    this.target = target;
    this.census = census;
    this.address = (InetSocketAddress) caller.getRemoteAddress();
    client = new RelayEnd(caller, selector, this);
    server = new RelayEnd(SocketChannel.open(), selector, this);
    up = new RelayPipe(client, server, sniffer::fromClient);
    down = new RelayPipe(server, client, this::answered);
  }

  @Override
  public int clientPort() {
    return address.getPort();
  }

  @Override
  public PeerConnection peer() {
    RequestSniffer.Seen seen = sniffer.seen();
    return new PeerConnection(
        clientPort(),
        seen.request(),
        seen.agent(),
        clientTakesNothing || seen.unanswered() || System.nanoTime() - answeredAt < QUIET_NANOS,
        seen.requests(),
        Duration.ofNanos(System.nanoTime() - acceptedAt));
  }

  private void answered(ByteBuffer bytes) {
    answeredAt = System.nanoTime();
    sniffer.fromServer(bytes);
  }

  @Override
  public boolean mayHaveEndedUnseen() {
    return serverTakesNothing;
  }

  @Override
  public void begin() {
    try {
      server.connect(target.use());
      listen();
    } catch (IOException | IllegalStateException e) {
      unreachable(e);
    }
  }

  @Override
  public void ready(ByteBuffer scratch) {
    if (closed) {
      return;
    }
    try {
      boolean unused = server.finishConnecting();
    } catch (IOException e) {
      unreachable(e);
      return;
    }
    try {
      move(scratch);
    } catch (IOException | CancelledKeyException e) {
      breakOff();
    }
  }

  private void move(ByteBuffer scratch) throws IOException {
    try {
      up.move(scratch);
    } finally {
      if (client.isFinished()) {
        census.ended(this, EndedBy.CLIENT);
      }
    }
    down.move(scratch);
    if (up.isDone() && down.isDone()) {
      end(EndedBy.CLIENT);
    } else {
      listen();
    }
  }

  private void listen() {
    clientTakesNothing = down.holdsBytes();
    serverTakesNothing = up.holdsBytes();
    client.listen(up.wantsMore(), down.holdsBytes());
    server.listen(down.wantsMore(), up.holdsBytes());
  }

  private void unreachable(Exception cause) {
    census.failed(
        cause instanceof IOException
            ? new ConnectException("the target " + target + " is not reachable: " + cause)
            : cause);
    breakOff();
  }

  /** One side has reset its connection, or never had one: so does the other. */
  private void breakOff() {
    closed = true;
    census.ended(this, client.isBroken() ? EndedBy.CLIENT : EndedBy.SERVER);
    client.reset();
    server.reset();
  }

  private void end(EndedBy by) {
    closed = true;
    census.ended(this, by);
    client.close();
    server.close();
  }

  @Override
  public void close() {
    end(EndedBy.SERVER);
  }

  @Override
  public String toString() {
    RequestSniffer.Seen seen = sniffer.seen();
    return "connection from "
        + address
        + " to "
        + target
        + (seen.requests() == 0 ? "" : ", last request: " + seen.request());
  }
}
