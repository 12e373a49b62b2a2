package dev.belay.testkit;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Picks request lines and {@code User-Agent} out of what a client sends, as far as it looks like
 * HTTP/1.1; of anything else, such as TLS or HTTP/2, it keeps nothing.
 *
 * <p>It follows whose turn it is rather than the lengths of bodies: what the client sends after the
 * server has spoken may be the next request, and what it sends before belongs to this one. So of
 * requests that a client sends without waiting for answers only the first is seen.
 */
final class RequestSniffer {

  private static final int LONGEST_START = 8 * 1024;
  private static final int LONGEST_FIELD = 256;
  private static final Pattern START =
      Pattern.compile("([!#$%&'*+.^_`|~A-Za-z0-9-]+) (\\S+) HTTP/1\\.[01]");
  private static final String AGENT = "user-agent:";

  /** An interim answer: the real one is still to come. */
  private static final byte[] CONTINUE = {
    'H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '1', '0', '0'
  };

  private static final byte[] SWITCHING = {
    'H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '1', '0', '1'
  };

  // Only the intake thread writes them; witnesses read the last.
  private final StringBuilder line = new StringBuilder();
  private Part part = Part.START;
  private volatile Seen seen = new Seen("", "", 0, false);

  private enum Part {
    START,
    FIELDS,
    REST,
    FOREIGN
  }

  /**
   * What it found.
   *
   * @param unanswered whether the server has not said a byte since the last request; the rest of
   *     its body may come behind an early answer
   */
  record Seen(String request, String agent, int requests, boolean unanswered) {}

  Seen seen() {
    return seen;
  }

  void fromServer(ByteBuffer bytes) {
    if (seen.unanswered() && !startsWith(bytes, CONTINUE)) {
      seen = new Seen(seen.request(), seen.agent(), seen.requests(), false);
      boolean switches = part == Part.REST && startsWith(bytes, SWITCHING);
      part = switches ? Part.FOREIGN : part == Part.REST ? Part.START : part;
    }
  }

  private static boolean startsWith(ByteBuffer bytes, byte[] prefix) {
    return bytes.remaining() >= prefix.length
        && ByteBuffer.wrap(prefix).equals(bytes.slice(bytes.position(), prefix.length));
  }

  void fromClient(ByteBuffer bytes) {
    for (int at = bytes.position(); at < bytes.limit() && isReading(); at++) {
      take((char) (bytes.get(at) & 0xff));
    }
  }

  private boolean isReading() {
    return part == Part.START || part == Part.FIELDS;
  }

  private void take(char c) {
    if (c == '\n') {
      String whole = line.toString().stripTrailing();
      line.setLength(0);
      takeLine(whole);
    } else if (line.length() < (part == Part.START ? LONGEST_START : LONGEST_FIELD)) {
      line.append(c);
      skipUnlessText();
    } else if (part == Part.START) {
      skip();
    }
  }

  /** What is no text was not the beginning of a request. */
  private void skipUnlessText() {
    char last = line.charAt(line.length() - 1);
    if (part == Part.START && (last < ' ' || last > '~') && last != '\r') {
      skip();
    }
  }

  /** The rest of a body, or no HTTP/1.1 at all if there was no request yet. */
  private void skip() {
    line.setLength(0);
    part = seen.requests() == 0 ? Part.FOREIGN : Part.REST;
  }

  private void takeLine(String text) {
    if (part == Part.START) {
      takeStart(text);
    } else if (text.isEmpty()) {
      // What follows a CONNECT is no HTTP of this server's.
      part = seen.request().startsWith("CONNECT ") ? Part.FOREIGN : Part.REST;
    } else if (text.toLowerCase(Locale.ROOT).startsWith(AGENT)) {
      String agent = text.substring(AGENT.length()).strip();
      seen = new Seen(seen.request(), agent, seen.requests(), true);
    }
  }

  private void takeStart(String text) {
    Matcher start = START.matcher(text);
    if (start.matches()) {
      part = Part.FIELDS;
      String request = RequestLine.of(start.group(1), start.group(2));
      seen = new Seen(request, "", seen.requests() + 1, true);
    } else if (!text.isEmpty()) {
      skip();
    }
  }
}
