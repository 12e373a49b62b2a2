package dev.belay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What goes wrong with streams of HTTP/2, and with connections because of one. */
final class WrongStreams {

  /** Codes of RFC 9113 section 7. */
  private static final int NO_ERROR = 0;

  private static final int INTERNAL_ERROR = 2;
  private static final int REFUSED_STREAM = 7;
  private static final int CANCEL = 8;
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int HTTP_1_1_REQUIRED = 13;

  private static final int LARGEST_FRAME = 16 * 1024;
  private static final int MOST_CLAIMED = (1 << 24) - 1;

  private WrongStreams() {}

  static Map<Fault, FaultStream.Script> scripts() {
    return Map.ofEntries(
        Map.entry(Fault.H2_RST_REFUSED, stream -> stream.reset(REFUSED_STREAM)),
        Map.entry(Fault.H2_RST_CANCEL, stream -> stream.reset(CANCEL)),
        Map.entry(Fault.H2_RST_INTERNAL, stream -> stream.reset(INTERNAL_ERROR)),
        Map.entry(Fault.H2_RST_CALM, stream -> stream.reset(ENHANCE_YOUR_CALM)),
        Map.entry(Fault.H2_RST_HTTP11, stream -> stream.reset(HTTP_1_1_REQUIRED)),
        Map.entry(Fault.H2_RST_MID_BODY, halfway(stream -> stream.reset(INTERNAL_ERROR))),
        Map.entry(Fault.H2_GOAWAY_BEFORE, stream -> stream.goAway(stream.id() - 1, NO_ERROR)),
        Map.entry(Fault.H2_GOAWAY_AFTER, WrongStreams::goAwayAfter),
        Map.entry(Fault.H2_GOAWAY_ERROR, WrongStreams::goAwayInError),
        Map.entry(Fault.H2_DROP, stream -> stream.line().fin()),
        Map.entry(Fault.H2_STALL, stream -> stream.line().stall()),
        Map.entry(Fault.H2_STALL_AFTER_HEADER, WrongStreams::stallAfterHead),
        Map.entry(Fault.H2_STALL_MID_BODY, halfway(stream -> stream.line().stall())),
        Map.entry(Fault.H2_LENGTH_SHORT, withLength(2)),
        Map.entry(Fault.H2_LENGTH_LONG, withLength(50)),
        Map.entry(Fault.H2_CONTINUATION_FLOOD, WrongStreams::continueForEver),
        Map.entry(Fault.H2_HEADER_BOMB, headers(bomb())),
        Map.entry(Fault.H2_BAD_HPACK, headers(new byte[] {(byte) 0x88, (byte) 0x80})),
        Map.entry(Fault.H2_OVERSIZED, WrongStreams::claimTooMuch),
        Map.entry(Fault.H2_SETTINGS_FLOOD, flooding(FaultFrame.SETTINGS, 0)),
        Map.entry(Fault.H2_PING_FLOOD, flooding(FaultFrame.PING, 8)),
        Map.entry(Fault.H2_RESET_FLOOD, WrongStreams::resetForEver),
        Map.entry(Fault.H2_EMPTY_DATA_FLOOD, WrongStreams::sayNothingForEver));
  }

  private static FaultStream.Script halfway(FaultStream.Script then) {
    return stream -> {
      stream.sendHead();
      stream.sendData("hello", false);
      then.answer(stream);
    };
  }

  private static void stallAfterHead(FaultStream stream) throws IOException {
    stream.sendHead();
    stream.line().stall();
  }

  private static FaultStream.Script withLength(int length) {
    return stream -> {
      stream.sendHead(length);
      stream.sendData("hello", true);
    };
  }

  private static FaultStream.Script headers(byte[] block) {
    return stream -> stream.send(FaultFrame.HEADERS, FaultFrame.END_HEADERS, block);
  }

  private static void goAwayAfter(FaultStream stream) throws IOException {
    stream.answerWell();
    stream.goAway(stream.id(), NO_ERROR);
  }

  private static void goAwayInError(FaultStream stream) throws IOException {
    stream.goAway(stream.id(), INTERNAL_ERROR);
    stream.line().fin();
  }

  private static void continueForEver(FaultStream stream) throws IOException {
    stream.send(FaultFrame.HEADERS, 0, new byte[] {(byte) 0x88});
    byte[] block = field("x-more", "x".repeat(100));
    stream.line().flood(stream.frame(FaultFrame.CONTINUATION, 0, block).bytes());
  }

  /** A literal that nobody is to remember (RFC 7541 section 6.2.2). */
  private static byte[] field(String name, String value) {
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    field.write(0);
    writeText(field, name);
    writeText(field, value);
    return field.toByteArray();
  }

  private static void writeText(ByteArrayOutputStream block, String text) {
    if (text.length() < 0x7f) {
      block.write(text.length());
    } else {
      block.write(0x7f); // the rest follows, in 7 bits a byte
      int rest = text.length() - 0x7f;
      block.write((rest & 0x7f) | 0x80);
      block.write(rest >> 7);
    }
    block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * A field of 4,000 bytes to be remembered, and then its number as often as a frame can say it.
   */
  private static byte[] bomb() {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x88);
    block.write(0x40);
    writeText(block, "x-more");
    writeText(block, "x".repeat(4_000));
    while (block.size() < LARGEST_FRAME) {
      block.write(0x80 | 62); // the first behind the table that all know
    }
    return block.toByteArray();
  }

  private static void claimTooMuch(FaultStream stream) throws IOException {
    stream.sendHead();
    stream.line().send(stream.frame(FaultFrame.DATA, 0, new byte[0]).bytesClaiming(MOST_CLAIMED));
  }

  private static FaultStream.Script flooding(int type, int length) {
    return stream -> stream.flood(new FaultFrame(type, 0, 0, new byte[length]));
  }

  private static void resetForEver(FaultStream stream) throws IOException {
    byte[] code = FaultStream.number(CANCEL);
    stream.flood(new FaultFrame(FaultFrame.RST_STREAM, 0, stream.id() + 2, code));
  }

  private static void sayNothingForEver(FaultStream stream) throws IOException {
    stream.sendHead();
    stream.flood(stream.frame(FaultFrame.DATA, 0, new byte[0]));
  }
}
