package dev.belay.client;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.Header;
import okhttp3.internal.http2.Http2Stream;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;

/** A stream whose head a server has read, and what it can do about it. */
record Turn(Socket socket, Http2Stream stream) {
  /** To its end. */
  long readBody() throws IOException {
    try (BufferedSource source = Okio.buffer((Source) stream.getSource())) {
      return source.readAll(Okio.blackhole());
    }
  }

  /** Whether one comes after all. */
  boolean hasBody() {
    try {
      return readBody() > 0;
    } catch (IOException e) {
      return false; // the client took the stream back
    }
  }

  /** Waits for some of the body, and takes none, so that the client has to wait with the rest. */
  void awaitBody() throws IOException {
    Okio.buffer((Source) stream.getSource()).require(1);
  }

  /** A whole answer without a body. */
  void answer(int status, String... fields) throws IOException {
    stream.writeHeaders(head(status, fields), true, true);
  }

  /** A 200, and a body that is not whole. */
  void begin(String text) throws IOException {
    long unused = readBody();
    stream.writeHeaders(head(200, "content-length", "8"), false, true);
    Buffer bytes = new Buffer().write(text.getBytes(StandardCharsets.UTF_8));
    stream.getSink().write(bytes, bytes.size());
    stream.getSink().flush();
  }

  private static List<Header> head(int status, String... fields) {
    List<Header> head = new ArrayList<>();
    head.add(new Header(Header.RESPONSE_STATUS, "" + status));
    for (int i = 0; i < fields.length; i += 2) {
      head.add(new Header(fields[i].toLowerCase(Locale.ROOT), fields[i + 1]));
    }
    return head;
  }

  void reset(ErrorCode code) {
    stream.closeLater(code);
  }

  /**
   * The server leaves (RFC 9113 section 6.8).
   *
   * @param last the last stream that it may have looked at
   */
  void goAway(int last) throws IOException {
    stream.getConnection().getWriter().goAway(last, ErrorCode.NO_ERROR, new byte[0]);
  }

  /** Says that it looked at the request, and hangs up. */
  void leave() throws IOException {
    long unused = readBody();
    goAway(stream.getId());
    hangUp();
  }

  /** Reads the request, and forgets the connection. */
  void resetConnection() throws IOException {
    long unused = readBody();
    forget();
  }

  void forget() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  void hangUp() throws IOException {
    socket.close();
  }
}
