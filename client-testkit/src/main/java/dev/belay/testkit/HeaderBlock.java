package dev.belay.testkit;

import java.nio.ByteBuffer;

/**
 * A block of headers as HPACK writes it (RFC 7541 section 6), looked through without unpacking it:
 * there is no need for what it says in so many letters.
 */
final class HeaderBlock {

  private static final int INDEXED = 0x80;
  private static final int INDEXED_LITERAL = 0x40;
  private static final int NEW_SIZE = 0x20;

  private final ByteBuffer bytes;

  HeaderBlock(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Whether it names this entry of the table. Can be asked once. */
  boolean names(int entry) {
    while (bytes.hasRemaining()) {
      int first = bytes.get() & 0xff;
      if ((first & INDEXED) != 0) {
        if (number(first, 7) == entry) {
          return true;
        }
      } else if ((first & INDEXED_LITERAL) != 0) {
        skipLiteral(number(first, 6));
      } else if ((first & NEW_SIZE) != 0) {
        int unused = number(first, 5);
      } else {
        skipLiteral(number(first, 4));
      }
    }
    return false;
  }

  /** Its name is a literal too where it is not in the table. */
  private void skipLiteral(int name) {
    if (name == 0) {
      skipText();
    }
    skipText();
  }

  private void skipText() {
    int length = number(bytes.get() & 0xff, 7);
    bytes.position(bytes.position() + length);
  }

  /** RFC 7541 section 5.1: in the last bits of a byte, or in those that follow. */
  private int number(int first, int bits) {
    int most = (1 << bits) - 1;
    int value = first & most;
    if (value < most) {
      return value;
    }
    for (int shift = 0; ; shift += 7) {
      int next = bytes.get();
      value += (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
