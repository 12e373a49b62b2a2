package dev.belay.client;

import java.time.Duration;
import okhttp3.Headers;

/**
 * How long the server of one connection keeps it without a request, as its last answer said in
 * {@code Keep-Alive: timeout} (RFC 2068 section 19.7.1.1; RFC 9112 appendix C.2.2). The header is
 * about one connection, so on plain HTTP through a proxy it is the proxy's word.
 *
 * <p>The server cannot have begun to count before it sent the head of the answer. It may have begun
 * long before a slow reader was done with the body.
 */
final class KeepAlive {
  private static final String HEADER = "Keep-Alive";
  private static final String TIMEOUT = "timeout=";
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** In seconds, about 30 years: what is longer limits nothing, and sums of it do not overflow. */
  private static final long FOREVER = 1_000_000_000;

  /** Written by the thread of an exchange when the head of an answer has come; read by anybody. */
  private volatile long answeredAt;

  /** Written after {@link #answeredAt} and read like it. */
  private volatile long until;

  /** The head of an answer has come. */
  void answered(long now, Headers head) {
    long timeout = timeout(head) * SECOND;
    answeredAt = now;
    until = now + timeout - Math.min(SECOND, timeout / 2); // the end may be on its way already
  }

  /** How long ago the server is known to have been there. */
  long silence(long now) {
    return now - answeredAt;
  }

  boolean isOver(long now) {
    return now - until >= 0;
  }

  /** When the connection must not be used any more, by the clock of the pool. */
  long until() {
    return until;
  }

  private static long timeout(Headers head) {
    long shortest = FOREVER;
    for (int i = 0; i < head.size(); i++) {
      if (HEADER.equalsIgnoreCase(head.name(i))) {
        for (String parameter : head.value(i).split(",", -1)) {
          shortest = Math.min(shortest, seconds(parameter.trim()));
        }
      }
    }
    return shortest;
  }

  private static long seconds(String parameter) {
    if (!parameter.regionMatches(true, 0, TIMEOUT, 0, TIMEOUT.length())) {
      return FOREVER;
    }
    return number(parameter.substring(TIMEOUT.length()));
  }

  private static long number(String digits) {
    long number = digits.isEmpty() ? FOREVER : 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return FOREVER;
      }
      number = Math.min(FOREVER, number * 10 + digit);
    }
    return number;
  }
}
