package dev.belay.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A relay's socket to one of the two sides. Only the intake thread uses it. */
final class RelayEnd {

  private final SocketChannel channel;
  private final SelectionKey key;
  private boolean finished;
  private boolean broken;

  RelayEnd(SocketChannel channel, Selector selector, ServerIntake.Selected owner)
      throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    key = channel.register(selector, 0, owner);
  }

  /** Begins to connect; {@link #finishConnecting} ends it. */
  void connect(InetSocketAddress target) throws IOException {
    boolean unused = channel.connect(target);
  }

  /** Whether it is connected. */
  boolean finishConnecting() throws IOException {
    return channel.isConnected() || channel.finishConnect();
  }

  boolean isConnected() {
    return channel.isConnected();
  }

  /** Returns 0 if there is nothing, and -1 if there will be nothing more. */
  int read(ByteBuffer into) throws IOException {
    if (finished || !channel.isConnected()) {
      return finished ? -1 : 0;
    }
    try {
      int count = channel.read(into);
      finished = count < 0;
      return count;
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  /** Sends what the kernel takes; the rest remains in the buffer. */
  void write(ByteBuffer from) throws IOException {
    try {
      while (from.hasRemaining() && channel.isConnected() && channel.write(from) > 0) {
        // The kernel may take more.
      }
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  /** The FIN of the other side, passed on. */
  void shutdownOutput() throws IOException {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  /** Its peer will send nothing more. */
  boolean isFinished() {
    return finished;
  }

  /** It was reset, or is otherwise beyond use. */
  boolean isBroken() {
    return broken;
  }

  void listen(boolean forBytes, boolean forRoom) {
    int connecting = channel.isConnected() ? 0 : SelectionKey.OP_CONNECT;
    int reading = forBytes && connecting == 0 ? SelectionKey.OP_READ : 0;
    int writing = forRoom && connecting == 0 ? SelectionKey.OP_WRITE : 0;
    int wanted = connecting | reading | writing;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }

  void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // Its peer has reset it.
    }
    close();
  }
}
