package dev.belay.client;

/**
 * Finds the heads of requests in what a client of HTTP/2 writes (RFC 9113 sections 3.4 and 4.1).
 */
final class FrameScanner {
  private static final int PREFACE = 24;
  private static final int HEADER = 9;
  private static final int TYPE_AT = 3;
  private static final int HEADERS = 1;

  /** Bytes up to the next frame. */
  private long skip = PREFACE;

  private int inHeader;
  private long length;

  boolean hasHead(byte[] bytes, int offset, int count) {
    boolean found = false;
    for (int i = offset; i < offset + count; i++) {
      if (skip > 0) {
        skip--;
      } else {
        found |= inHeader == TYPE_AT && bytes[i] == HEADERS;
        headerByte(bytes[i]);
      }
    }
    return found;
  }

  private void headerByte(byte b) {
    if (inHeader < TYPE_AT) {
      length = (length << Byte.SIZE) | (b & 0xff);
    }
    inHeader++;
    if (inHeader == HEADER) {
      skip = length;
      length = 0;
      inHeader = 0;
    }
  }
}
