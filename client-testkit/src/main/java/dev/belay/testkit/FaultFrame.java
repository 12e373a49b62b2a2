package dev.belay.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A frame of HTTP/2 (RFC 9113 section 4.1). */
final class FaultFrame {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;

  static final int ACK = 1;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  private static final int PADDED = 8;
  private static final int PRIORITY = 0x20;

  private static final int HEAD = 9;
  private static final int PRIORITY_BYTES = 5;

  private final int type;
  private final int flags;
  private final int stream;
  private final byte[] payload;

  FaultFrame(int type, int flags, int stream, byte[] payload) {
    this.type = type;
    this.flags = flags;
    this.stream = stream;
    this.payload = payload;
  }

  static FaultFrame read(DataInputStream in) throws IOException {
    int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new FaultFrame(type, flags, stream, payload);
  }

  int type() {
    return type;
  }

  int stream() {
    return stream;
  }

  byte[] payload() {
    return payload;
  }

  byte[] bytes() {
    return headOf(payload.length).put(payload).array();
  }

  /** Says that it is longer than it is. */
  byte[] bytesClaiming(int length) {
    return headOf(length).array();
  }

  private ByteBuffer headOf(int length) {
    int behind = Math.min(length, payload.length);
    return ByteBuffer.allocate(HEAD + behind)
        .put((byte) (length >> 16))
        .putShort((short) length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Of headers: whether the path is a slash, which is the fourth of the table that all know. */
  boolean isForRoot() {
    ByteBuffer block = ByteBuffer.wrap(payload);
    if (has(PADDED)) {
      block.limit(block.limit() - block.get());
    }
    if (has(PRIORITY)) {
      block.position(block.position() + PRIORITY_BYTES);
    }
    return new HeaderBlock(block).names(4);
  }
}
