package dev.belay.testkit;

import java.time.Duration;

/**
 * How the body of a reply is cut up and announced.
 *
 * @param chunked transfer coding instead of a length
 * @param pieceBytes length of each piece; 0 sends the body as one
 * @param pieceDelay wait before each piece
 * @param missingBytes how many announced bytes never come; with chunks, the last chunk is missing
 */
record Framing(boolean chunked, int pieceBytes, Duration pieceDelay, int missingBytes) {

  static final Framing WHOLE = new Framing(false, 0, Duration.ZERO, 0);

  Framing asChunks() {
    return new Framing(true, pieceBytes, pieceDelay, missingBytes);
  }

  Framing inPiecesOf(int bytes) {
    return new Framing(chunked, bytes, pieceDelay, missingBytes);
  }

  Framing delayedBy(Duration delay) {
    return new Framing(chunked, pieceBytes, delay, missingBytes);
  }

  Framing missing(int bytes) {
    return new Framing(chunked, pieceBytes, pieceDelay, bytes);
  }

  boolean isTruncated() {
    return missingBytes > 0;
  }
}
