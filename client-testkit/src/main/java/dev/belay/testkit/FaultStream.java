package dev.belay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A stream of HTTP/2 whose request has come in.
 *
 * @param line the connection
 * @param id of the stream
 */
record FaultStream(FaultLine line, int id) {

  /** {@code :status 200}, the eighth of the table that all know (RFC 7541 appendix A). */
  private static final int STATUS_200 = 0x88;

  private static final int CONTENT_LENGTH = 28;
  private static final int FLOODED_EACH_MILLISECOND = 5;

  /** What to do about it. */
  @FunctionalInterface
  interface Script {
    void answer(FaultStream stream) throws IOException;
  }

  void send(int type, int flags, byte[] payload) throws IOException {
    line.send(frame(type, flags, payload).bytes());
  }

  FaultFrame frame(int type, int flags, byte[] payload) {
    return new FaultFrame(type, flags, id, payload);
  }

  /** A good head without a length. */
  void sendHead() throws IOException {
    send(FaultFrame.HEADERS, FaultFrame.END_HEADERS, new byte[] {(byte) STATUS_200});
  }

  void sendHead(int length) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    byte[] digits = Integer.toString(length).getBytes(StandardCharsets.US_ASCII);
    block.write(STATUS_200);
    block.write(0x0f); // a literal that nobody is to remember, with a name of the table
    block.write(CONTENT_LENGTH - 0x0f);
    block.write(digits.length);
    block.writeBytes(digits);
    send(FaultFrame.HEADERS, FaultFrame.END_HEADERS, block.toByteArray());
  }

  void sendData(String text, boolean last) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    send(FaultFrame.DATA, last ? FaultFrame.END_STREAM : 0, bytes);
  }

  void answerWell() throws IOException {
    sendHead(2);
    sendData("ok", true);
  }

  void reset(int code) throws IOException {
    send(FaultFrame.RST_STREAM, 0, number(code));
  }

  void goAway(int lastStream, int code) throws IOException {
    byte[] payload = ByteBuffer.allocate(8).putInt(lastStream).putInt(code).array();
    line.send(new FaultFrame(FaultFrame.GOAWAY, 0, 0, payload).bytes());
  }

  static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  /** Sends a frame again and again, and takes what the client says about it. */
  void flood(FaultFrame frame) throws IOException {
    byte[] bytes = frame.bytes();
    ByteBuffer many = ByteBuffer.allocate(bytes.length * FLOODED_EACH_MILLISECOND);
    while (many.hasRemaining()) {
      many.put(bytes);
    }
    while (true) {
      line.send(many.array());
      line.in().skipNBytes(line.in().available());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
