package dev.belay.testkit;

import java.io.ByteArrayOutputStream;

/** Bytes to send: an array that records can hold without being compared by identity. */
final class Payload {

  private final byte[] bytes;

  Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  void copyTo(ByteArrayOutputStream out, int from, int length) {
    out.write(bytes, from, length);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
