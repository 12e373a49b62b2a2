package dev.belay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** Bodies that are not encoded as their heads say, and one that is. */
final class WrongEncodings {

  private static final byte[] TEXT = "hello, gzip. ".repeat(50).getBytes(StandardCharsets.UTF_8);
  private static final int PIECE = 64 * 1024;
  private static final int PIECES = 16 * 1024;

  /** A checksum of four bytes and a length of four (RFC 1952 section 2.3.1). */
  private static final int TRAILER = 8;

  private WrongEncodings() {}

  static Map<Fault, FaultExchange.Script> scripts() {
    return Map.of(
        Fault.GZIP_BOMB, WrongEncodings::bomb,
        Fault.GZIP_BAD, gzip(zipped -> inverted(zipped, zipped.length / 2)),
        Fault.GZIP_PLAIN, gzip(zipped -> TEXT),
        Fault.GZIP_TRUNCATED, gzip(zipped -> Arrays.copyOf(zipped, zipped.length / 2)),
        Fault.GZIP_CRC, gzip(zipped -> inverted(zipped, zipped.length - TRAILER)),
        Fault.ENCODING_UNKNOWN, encoded("unheard-of", TEXT));
  }

  private static FaultExchange.Script gzip(UnaryOperator<byte[]> damage) {
    return encoded("gzip", damage.apply(zipped()));
  }

  private static FaultExchange.Script encoded(String encoding, byte[] body) {
    return exchange -> {
      exchange.send(head(encoding) + "Content-Length: " + body.length + "\r\n\r\n");
      exchange.line().send(body);
    };
  }

  private static String head(String encoding) {
    return FaultExchange.OK + "Content-Encoding: " + encoding + "\r\n";
  }

  private static byte[] zipped() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(TEXT);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] inverted(byte[] zipped, int from) {
    for (int i = from; i < zipped.length; i++) {
      zipped[i] ^= (byte) 0xff;
    }
    return zipped;
  }

  /** Made on the way: nobody has it in memory. */
  private static void bomb(FaultExchange exchange) throws IOException {
    exchange.send(head("gzip") + "Connection: close\r\n\r\n");
    try (GZIPOutputStream gzip = new GZIPOutputStream(new Sent(exchange.line()))) {
      byte[] zeros = new byte[PIECE];
      for (int i = 0; i < PIECES; i++) {
        gzip.write(zeros);
      }
    }
    exchange.line().end();
  }

  private static final class Sent extends FilterOutputStream {
    private final FaultLine line;

    Sent(FaultLine line) {
      super(OutputStream.nullOutputStream());
      this.line = line;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      line.send(Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }
}
