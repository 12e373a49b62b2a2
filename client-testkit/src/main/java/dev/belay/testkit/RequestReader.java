package dev.belay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads requests of HTTP/1.1 (RFC 9112) one after another, each completely. */
final class RequestReader {

  private static final int LONGEST_LINE = 64 * 1024;
  private static final int LONGEST_BODY = 64 * 1024 * 1024;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerConnection connection;
  private final ConnectionInbox inbox;

  RequestReader(ServerConnection connection, ConnectionInbox inbox) {
    this.connection = connection;
    this.inbox = inbox;
  }

  /**
   * Reads one request.
   *
   * @throws ProtocolException if the bytes are not a request
   */
  Received read() throws IOException, InterruptedException {
    String[] start = line().split(" ", -1);
    if (start.length != 3 || !start[2].equals("HTTP/1.1")) {
      throw new ProtocolException("not an HTTP/1.1 request line of three words");
    }
    Map<String, List<String>> headers = readFields();
    if (mentions(headers, "Expect", "100-continue")) {
      connection.send(CONTINUE);
    }
    return new Received(start[0], start[1], headers, readBody(headers), connection.number());
  }

  /** Stands for what could not be read. */
  Received unreadable() {
    return new Received("?", "?", Received.noHeaders(), new byte[0], connection.number());
  }

  private Map<String, List<String>> readFields() throws IOException, InterruptedException {
    Map<String, List<String>> fields = Received.noHeaders();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new ProtocolException("a header line without a name");
      }
      fields
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    fields.replaceAll((name, values) -> List.copyOf(values));
    return fields;
  }

  private byte[] readBody(Map<String, List<String>> headers)
      throws IOException, InterruptedException {
    if (mentions(headers, "Transfer-Encoding", "chunked")) {
      return readChunks();
    }
    List<String> length = headers.get("Content-Length");
    return length == null ? new byte[0] : inbox.next(number(length.get(0), 10));
  }

  private byte[] readChunks() throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.write(inbox.next(size));
      if (!line().isEmpty()) {
        throw new ProtocolException("a chunk longer than it said");
      }
    }
    // Trailer fields are read, so that the next request starts where it should, and dropped.
    Map<String, List<String>> unused = readFields();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException, InterruptedException {
    String line = line();
    int extension = line.indexOf(';');
    return number(extension < 0 ? line : line.substring(0, extension), 16);
  }

  private static int number(String digits, int radix) throws ProtocolException {
    try {
      int length = Integer.parseInt(digits.strip(), radix);
      if (length >= 0 && length <= LONGEST_BODY) {
        return length;
      }
    } catch (NumberFormatException e) {
      // Said below: the text is all that matters.
    }
    throw new ProtocolException("not a length from 0 to " + LONGEST_BODY + ": " + digits);
  }

  private String line() throws IOException, InterruptedException {
    StringBuilder line = new StringBuilder();
    for (int c = inbox.next(); c != '\n'; c = inbox.next()) {
      if (line.length() == LONGEST_LINE) {
        throw new ProtocolException("a line of more than " + LONGEST_LINE + " bytes");
      }
      line.append((char) c);
    }
    int end = line.length() - 1;
    return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
  }

  static boolean mentions(Map<String, List<String>> headers, String name, String token) {
    return headers.getOrDefault(name, List.of()).stream()
        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(token));
  }
}
