package dev.belay.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The streams of one connection of HTTP/2, one at a time. */
final class FaultStreams {

  /** RFC 9113 section 3.4. */
  private static final int PREFACE = 24;

  private final FaultLine line;
  private final FaultCount count;
  private final FaultStream.Script script;

  /** Those whose requests have not ended, with what to do about them. */
  private final Map<Integer, FaultStream.Script> begun = new HashMap<>();

  FaultStreams(FaultLine line, FaultCount count, FaultStream.Script script) {
    this.line = line;
    this.count = count;
    this.script = script;
  }

  void serve() throws IOException {
    DataInputStream in = new DataInputStream(line.in());
    in.skipNBytes(PREFACE);
    line.send(new FaultFrame(FaultFrame.SETTINGS, 0, 0, new byte[0]).bytes());
    while (true) {
      take(FaultFrame.read(in));
    }
  }

  private void take(FaultFrame frame) throws IOException {
    switch (frame.type()) {
      case FaultFrame.HEADERS -> {
        begun.put(frame.stream(), frame.isForRoot() ? FaultStream::answerWell : faulty());
        endIfLast(frame);
      }
      case FaultFrame.DATA -> endIfLast(frame);
      case FaultFrame.SETTINGS -> acknowledge(frame, new byte[0]);
      case FaultFrame.PING -> acknowledge(frame, frame.payload());
      default -> {}
    }
  }

  private FaultStream.Script faulty() {
    int unused = count.requested();
    return script;
  }

  private void endIfLast(FaultFrame frame) throws IOException {
    if (frame.has(FaultFrame.END_STREAM)) {
      FaultStream.Script ended = begun.remove(frame.stream());
      if (ended != null) {
        ended.answer(new FaultStream(line, frame.stream()));
      }
    }
  }

  private void acknowledge(FaultFrame frame, byte[] payload) throws IOException {
    if (!frame.has(FaultFrame.ACK)) {
      line.send(new FaultFrame(frame.type(), FaultFrame.ACK, 0, payload).bytes());
    }
  }
}
