package dev.belay.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** What happens to a connection before a request is read from it. */
final class WrongConnections {

  private static final Duration DEAF_TIME = Duration.ofSeconds(2);

  /**
   * A record with a ServerHello of TLS 1.0 (RFC 2246 section 7.4.1.3): version 3.1, random bytes,
   * no session, a cipher suite, no compression.
   */
  private static final byte[] OLD_HELLO = {
    0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
    18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 0, 0, 0x2f, 0
  };

  private WrongConnections() {}

  /** What to do about a connection, which is closed afterwards. */
  @FunctionalInterface
  interface Script {
    void play(FaultLine line) throws IOException;
  }

  /** Those that speak TLS, if at all, in their own way. */
  static Map<Fault, Script> beforeTls() {
    return Map.of(
        Fault.RST_ACCEPT, FaultLine::reset,
        Fault.FIN_ACCEPT, FaultLine::fin,
        Fault.TLS_RST, afterHello(FaultLine::reset),
        Fault.TLS_FIN, afterHello(FaultLine::fin),
        Fault.TLS_STALL, FaultLine::stall,
        Fault.TLS_GARBAGE,
            afterHello(
                line ->
                    answer(line, "220 mail.test ESMTP\r\n".getBytes(StandardCharsets.US_ASCII))),
        Fault.TLS_OLD, afterHello(line -> answer(line, OLD_HELLO)));
  }

  /** Those that shake hands first. */
  static Map<Fault, Script> afterTls() {
    return Map.of(Fault.NOREAD, WrongConnections::beDeaf);
  }

  private static Script afterHello(Script then) {
    return line -> {
      int unused = line.in().read();
      then.play(line);
    };
  }

  private static void answer(FaultLine line, byte[] bytes) throws IOException {
    line.send(bytes);
    line.fin();
  }

  /** A client that gave up is not noticed earlier: its end is behind what was not read. */
  private static void beDeaf(FaultLine line) throws IOException {
    LockSupport.parkNanos(DEAF_TIME.toNanos());
    line.stall();
  }
}
