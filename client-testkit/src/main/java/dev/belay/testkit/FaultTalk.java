package dev.belay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests that come on one connection of HTTP/1.1, one after another. */
final class FaultTalk {

  private static final int LONGEST_HEAD = 64 * 1024;

  private final FaultLine line;
  private final int connection;
  private int heads;

  FaultTalk(FaultLine line, int connection) {
    this.line = line;
    this.connection = connection;
  }

  FaultLine line() {
    return line;
  }

  /** How many requests this connection has brought. */
  int heads() {
    return heads;
  }

  /**
   * Reads the head of the next request.
   *
   * @return null if the client has closed the connection
   */
  @Nullable Received next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int end = 0; end < 4; ) {
      int read = line.in().read();
      if (read < 0 || bytes.size() == LONGEST_HEAD) {
        return null;
      }
      bytes.write(read);
      end = read == "\r\n\r\n".charAt(end) ? end + 1 : read == '\r' ? 1 : 0;
    }
    heads++;
    return parse(bytes.toString(StandardCharsets.ISO_8859_1));
  }

  private Received parse(String head) throws ProtocolException {
    List<String> lines = head.lines().filter(line -> !line.isEmpty()).toList();
    String[] start = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
    if (start.length != 3) {
      throw new ProtocolException("not a request line of three words");
    }
    Map<String, List<String>> headers = Received.noHeaders();
    for (String field : lines.subList(1, lines.size())) {
      int colon = field.indexOf(':');
      if (colon < 1) {
        throw new ProtocolException("a header line without a name");
      }
      headers
          .computeIfAbsent(field.substring(0, colon), name -> new ArrayList<>())
          .add(field.substring(colon + 1).strip());
    }
    return new Received(start[0], start[1], headers, new byte[0], connection);
  }

  /** Reads and drops the body of a request. */
  void skipBody(Received head) throws IOException {
    if (RequestReader.mentions(head.headers(), "Transfer-Encoding", "chunked")) {
      while (skip(Long.parseLong(readLine(), 16)) > 0) {
        String unused = readLine();
      }
      String unused = readLine();
    } else {
      String length = head.header("Content-Length");
      long unused = skip(length == null ? 0 : Long.parseLong(length));
    }
  }

  private long skip(long length) throws IOException {
    InputStream in = line.in();
    in.skipNBytes(length);
    return length;
  }

  private String readLine() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = line.in().read(); c != '\n'; c = line.in().read()) {
      if (c < 0) {
        throw new EOFException("the client closed the connection within a request");
      }
      text.append((char) c);
    }
    return text.toString().strip();
  }
}
