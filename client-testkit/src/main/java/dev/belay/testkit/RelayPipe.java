package dev.belay.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * One direction of a relayed connection. It keeps at most what one read brought: while the sink
 * takes nothing the source is not read, so that its writer waits as it would without a relay.
 */
final class RelayPipe {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  // A direction that never pauses must not keep the thread from the other connections. What a
  // kernel buffers is less, so that an end behind buffered bytes is found in one turn.
  private static final int MOST_READS = 128;

  private final RelayEnd source;
  private final RelayEnd sink;
  private final Consumer<ByteBuffer> tap;
  private ByteBuffer rest = NOTHING;
  private boolean done;

  /**
   * Moves nothing yet.
   *
   * @param tap sees what comes and leaves the buffer's position alone
   */
  RelayPipe(RelayEnd source, RelayEnd sink, Consumer<ByteBuffer> tap) {
    this.source = source;
    this.sink = sink;
    this.tap = tap;
  }

  void move(ByteBuffer scratch) throws IOException {
    sink.write(rest);
    for (int reads = 0; reads < MOST_READS && wantsMore(); reads++) {
      if (source.read(scratch.clear()) <= 0) {
        break;
      }
      tap.accept(scratch.flip());
      sink.write(scratch);
      rest = scratch.hasRemaining() ? copy(scratch) : NOTHING;
    }
    if (source.isFinished() && !holdsBytes() && !done && sink.isConnected()) {
      done = true;
      sink.shutdownOutput();
    }
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  boolean wantsMore() {
    return !holdsBytes() && !source.isFinished();
  }

  /** Bytes that the sink has not taken. */
  boolean holdsBytes() {
    return rest.hasRemaining();
  }

  /** All that came was passed on, the end included. */
  boolean isDone() {
    return done;
  }
}
