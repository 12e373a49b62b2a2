package dev.belay.testkit;

import java.util.Locale;

/**
 * What can be wrong with a server, each by a name that a test or its table can say.
 *
 * <p>A {@link FaultServer} does each of them on request. Immutable.
 */
public enum Fault {
  /** Nobody listens on the port. */
  REFUSED(Layer.CONNECTION),
  /** Whoever asks for a connection gets no answer. Linux only. */
  BLACKHOLE(Layer.CONNECTION),
  /** Every connection is reset when it was accepted. */
  RST_ACCEPT(Layer.CONNECTION),
  /** Every connection is closed when it was accepted. */
  FIN_ACCEPT(Layer.CONNECTION),
  /** Nothing is read for two seconds, so that a large body gets stuck. Of TLS the handshake is. */
  NOREAD(Layer.CONNECTION),
  /** The certificate was valid until yesterday. */
  TLS_EXPIRED(Layer.TLS),
  /** The certificate was issued by nobody but its own key. */
  TLS_SELFSIGNED(Layer.TLS),
  /** The certificate is that of another host. */
  TLS_WRONGHOST(Layer.TLS),
  /** The server wants TLS 1.0. */
  TLS_OLD(Layer.TLS),
  /** What answers the hello is no TLS. */
  TLS_GARBAGE(Layer.TLS),
  /** Nothing answers the hello. */
  TLS_STALL(Layer.TLS),
  /** The hello is answered by a reset. */
  TLS_RST(Layer.TLS),
  /** The hello is answered by the end of the connection. */
  TLS_FIN(Layer.TLS),
  /** A body without a length ends with the connection, and not with the end of TLS. */
  TLS_NO_CLOSE_NOTIFY(Layer.TLS),
  /** A redirect from https to http. */
  REDIRECT_DOWNGRADE(Layer.TLS),
  /** The connection ends instead of an answer. */
  FIN_BEFORE_RESPONSE(Layer.HTTP_1),
  /** The connection ends within the status line. */
  FIN_MID_STATUS(Layer.HTTP_1),
  /** The connection ends within a header line. */
  FIN_MID_HEADER(Layer.HTTP_1),
  /** The connection ends between head and body. */
  FIN_AFTER_HEADER(Layer.HTTP_1),
  /** The connection ends within a body with a length. */
  FIN_MID_BODY(Layer.HTTP_1),
  /** The connection ends within a chunk. */
  FIN_MID_CHUNK(Layer.HTTP_1),
  /** The connection ends before the chunk that says that it was the last. */
  FIN_BEFORE_LAST_CHUNK(Layer.HTTP_1),
  /** The connection is reset instead of an answer. */
  RST_BEFORE_RESPONSE(Layer.HTTP_1),
  /** The connection is reset within the status line. */
  RST_MID_STATUS(Layer.HTTP_1),
  /** The connection is reset within a header line. */
  RST_MID_HEADER(Layer.HTTP_1),
  /** The connection is reset between head and body. */
  RST_AFTER_HEADER(Layer.HTTP_1),
  /** The connection is reset within a body with a length. */
  RST_MID_BODY(Layer.HTTP_1),
  /** The connection is reset within a chunk. */
  RST_MID_CHUNK(Layer.HTTP_1),
  /** The connection is reset before the chunk that says that it was the last. */
  RST_BEFORE_LAST_CHUNK(Layer.HTTP_1),
  /** Nothing comes instead of an answer. */
  STALL_BEFORE_RESPONSE(Layer.HTTP_1),
  /** Nothing comes after a part of the status line. */
  STALL_MID_STATUS(Layer.HTTP_1),
  /** Nothing comes after a part of a header line. */
  STALL_MID_HEADER(Layer.HTTP_1),
  /** Nothing comes after the head. */
  STALL_AFTER_HEADER(Layer.HTTP_1),
  /** Nothing comes after a part of a body with a length. */
  STALL_MID_BODY(Layer.HTTP_1),
  /** Nothing comes after a part of a chunk. */
  STALL_MID_CHUNK(Layer.HTTP_1),
  /** Nothing comes after all chunks but the last. */
  STALL_BEFORE_LAST_CHUNK(Layer.HTTP_1),
  /** A connection ends instead of an answer to its second request; a first one is answered. */
  KEEPALIVE_RACE_FIN(Layer.HTTP_1),
  /** A connection is reset instead of an answer to its second request. */
  KEEPALIVE_RACE_RST(Layer.HTTP_1),
  /** The connection is reset when the head of the request was read. */
  RST_MID_REQUEST(Layer.HTTP_1),
  /** A good answer, after which the connection ends unannounced. */
  IDLE_CLOSE(Layer.HTTP_1),
  /** A good answer, after which the connection ends as announced. */
  CONN_CLOSE(Layer.HTTP_1),
  /** An endless head, a line every 50 ms. */
  TRICKLE_HEADER(Layer.HTTP_1),
  /** An endless body, a byte every 50 ms. */
  TRICKLE_BODY(Layer.HTTP_1),
  /** An endless body, a chunk every 50 ms. */
  TRICKLE_CHUNK(Layer.HTTP_1),
  /** Endless interim answers, one every 50 ms. */
  INTERIM_TRICKLE(Layer.HTTP_1, "1xx-trickle"),
  /** Endless interim answers, as fast as they can be written. */
  INTERIM_FLOOD(Layer.HTTP_1, "1xx-flood"),
  /** An endless head, as fast as it can be written. */
  HEADER_FLOOD(Layer.HTTP_1),
  /** A body with an endless trailer. */
  TRAILER_FLOOD(Layer.HTTP_1),
  /** A chunk with an endless extension. */
  CHUNK_EXT_FLOOD(Layer.HTTP_1),
  /** The status line is no such line. */
  GARBAGE_STATUS(Layer.HTTP_1),
  /** A body without a head, as HTTP/0.9 had it. */
  HTTP09(Layer.HTTP_1),
  /** The greeting of a mail server. */
  SMTP_BANNER(Layer.HTTP_1),
  /** The status is -1. */
  STATUS_NEGATIVE(Layer.HTTP_1, "status--1"),
  /** The status is ABC. */
  STATUS_ABC(Layer.HTTP_1),
  /** The status is 999. */
  STATUS_999(Layer.HTTP_1),
  /** The status is that of a proxy that wants credentials. */
  STATUS_407(Layer.HTTP_1),
  /** The status says that the request took too long. */
  STATUS_408(Layer.HTTP_1),
  /** The status says that this is the wrong server. */
  STATUS_421(Layer.HTTP_1),
  /** The length of the body is -5. */
  CL_NEGATIVE(Layer.HTTP_1),
  /** The length of the body is a word. */
  CL_TEXT(Layer.HTTP_1),
  /** The length of the body is more than 63 bits can say. */
  CL_OVERFLOW(Layer.HTTP_1),
  /** The body has two different lengths. */
  CL_TWO(Layer.HTTP_1),
  /** The body has a length and comes in chunks. */
  CL_AND_CHUNKED(Layer.HTTP_1),
  /** The body is shorter than its length, and the connection ends. */
  CL_LONG(Layer.HTTP_1),
  /** The body is longer than its length, and the connection stays. */
  CL_SHORT(Layer.HTTP_1),
  /** Another answer comes behind the answer, and the connection stays. */
  POISON(Layer.HTTP_1),
  /** The size of a chunk is a word. */
  CHUNK_TEXT(Layer.HTTP_1),
  /** The size of a chunk is -5. */
  CHUNK_NEGATIVE(Layer.HTTP_1),
  /** The size of a chunk is more than 63 bits can say. */
  CHUNK_OVERFLOW(Layer.HTTP_1),
  /** A chunk is followed by the next one, and not by the end of a line. */
  CHUNK_NO_CRLF(Layer.HTTP_1),
  /** A chunk is longer than its size. */
  CHUNK_LONG(Layer.HTTP_1),
  /** An endless body, as fast as it can be written. */
  INFINITE_BODY(Layer.HTTP_1),
  /** An endless number of chunks, as fast as they can be written. */
  INFINITE_CHUNKS(Layer.HTTP_1),
  /** A length of 63 bits, and as much of the body as is taken. */
  HUGE_LENGTH(Layer.HTTP_1),
  /** JSON with a string of 64 MiB. */
  JSON_BIGSTRING(Layer.HTTP_1),
  /** A gzip of 1 MiB that is a body of 1 GiB. */
  GZIP_BOMB(Layer.HTTP_1),
  /** A gzip that breaks within its data. */
  GZIP_BAD(Layer.HTTP_1),
  /** A body that is said to be gzip, and is plain text. */
  GZIP_PLAIN(Layer.HTTP_1),
  /** A gzip that ends before its end. */
  GZIP_TRUNCATED(Layer.HTTP_1),
  /** A gzip with a wrong checksum. */
  GZIP_CRC(Layer.HTTP_1),
  /** A content encoding that nobody knows. */
  ENCODING_UNKNOWN(Layer.HTTP_1),
  /** Too many requests; come back in 5 s. */
  STATUS_429_RA_5(Layer.HTTP_1),
  /** Unavailable; come back in 5 s. */
  STATUS_503_RA_5(Layer.HTTP_1),
  /** Unavailable; come back at once. */
  STATUS_503_RA_0(Layer.HTTP_1),
  /** Unavailable; come back at a time that is 7 s ahead. */
  STATUS_503_RA_DATE_AHEAD(Layer.HTTP_1),
  /** Unavailable; come back at a time that was 100 s ago. */
  STATUS_503_RA_DATE_PAST(Layer.HTTP_1),
  /** Unavailable; come back in -1 s. */
  STATUS_503_RA_NEGATIVE(Layer.HTTP_1),
  /** Unavailable; come back soon. */
  STATUS_503_RA_SOON(Layer.HTTP_1),
  /** Unavailable; come back in 1.5 s. */
  STATUS_503_RA_FRACTION(Layer.HTTP_1),
  /** Unavailable; come back in no time that was said. */
  STATUS_503_RA_EMPTY(Layer.HTTP_1),
  /** Unavailable; come back in 99999999999 s. */
  STATUS_503_RA_HUGE(Layer.HTTP_1),
  /** Two requests are answered with 503, the third is well, and so on. */
  FLAKY(Layer.HTTP_1),
  /** A redirect to itself. */
  REDIRECT_LOOP(Layer.HTTP_1),
  /** Fifty redirects, one after another. */
  REDIRECT_CHAIN(Layer.HTTP_1),
  /** A redirect to another host. */
  REDIRECT_CROSS(Layer.HTTP_1),
  /** A redirect to another port of the host. */
  REDIRECT_PORT(Layer.HTTP_1),
  /** A redirect to an address with a name and a password. */
  REDIRECT_USERINFO(Layer.HTTP_1),
  /** A redirect to the same port, on which nobody listens any more. */
  REDIRECT_REFUSED(Layer.HTTP_1),
  /** A redirect to a file. */
  REDIRECT_FILE(Layer.HTTP_1),
  /** A redirect to what is no address. */
  REDIRECT_BAD(Layer.HTTP_1),
  /** A redirect that does not say where to. */
  REDIRECT_NONE(Layer.HTTP_1),
  /** The stream is refused: the request was not looked at. */
  H2_RST_REFUSED(Layer.HTTP_2),
  /** The stream is reset: cancelled. */
  H2_RST_CANCEL(Layer.HTTP_2),
  /** The stream is reset: internal error. */
  H2_RST_INTERNAL(Layer.HTTP_2),
  /** The stream is reset: enhance your calm. */
  H2_RST_CALM(Layer.HTTP_2),
  /** The stream is reset: HTTP/1.1 required. */
  H2_RST_HTTP11(Layer.HTTP_2),
  /** The stream is reset within the body. */
  H2_RST_MID_BODY(Layer.HTTP_2),
  /** The connection goes away before the stream: the request was not looked at. */
  H2_GOAWAY_BEFORE(Layer.HTTP_2),
  /** The connection goes away after a good answer. */
  H2_GOAWAY_AFTER(Layer.HTTP_2),
  /** The connection goes away with an error, the stream being the last. */
  H2_GOAWAY_ERROR(Layer.HTTP_2),
  /** The connection ends instead of an answer. */
  H2_DROP(Layer.HTTP_2),
  /** Nothing comes instead of an answer. */
  H2_STALL(Layer.HTTP_2),
  /** Nothing comes after the head. */
  H2_STALL_AFTER_HEADER(Layer.HTTP_2),
  /** Nothing comes after a part of the body. */
  H2_STALL_MID_BODY(Layer.HTTP_2),
  /** The body is longer than its length. */
  H2_LENGTH_SHORT(Layer.HTTP_2),
  /** The body is shorter than its length. */
  H2_LENGTH_LONG(Layer.HTTP_2),
  /** An endless head. */
  H2_CONTINUATION_FLOOD(Layer.HTTP_2),
  /** A small head that is large when it is unpacked. */
  H2_HEADER_BOMB(Layer.HTTP_2),
  /** A head that cannot be unpacked. */
  H2_BAD_HPACK(Layer.HTTP_2),
  /** A frame that is larger than frames may be. */
  H2_OVERSIZED(Layer.HTTP_2),
  /** Endless settings instead of an answer. */
  H2_SETTINGS_FLOOD(Layer.HTTP_2),
  /** Endless pings instead of an answer. */
  H2_PING_FLOOD(Layer.HTTP_2),
  /** Endless resets of streams that nobody opened instead of an answer. */
  H2_RESET_FLOOD(Layer.HTTP_2),
  /** An endless body of empty frames. */
  H2_EMPTY_DATA_FLOOD(Layer.HTTP_2);

  private final Layer layer;
  private final String label;

  Fault(Layer layer) {
    this.layer = layer;
    this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Fault(Layer layer, String label) {
    this.layer = layer;
    this.label = label;
  }

  /**
   * The name in tables and addresses, such as {@code fin-mid-body}.
   *
   * @return small letters, digits and hyphens, unique among all faults
   */
  public String label() {
    return label;
  }

  /**
   * What the fault is about, which says how it can be asked for.
   *
   * @return the layer
   */
  public Layer layer() {
    return layer;
  }

  /** The label. */
  @Override
  public String toString() {
    return label;
  }

  /** What a fault is about. */
  public enum Layer {
    /** The connection, whatever is spoken on it: clear text or TLS, as the server was started. */
    CONNECTION,
    /** TLS: the address is https, however the server was started. */
    TLS,
    /** An exchange of HTTP/1.1, in clear text or over TLS, as the server was started. */
    HTTP_1,
    /** A stream of HTTP/2: in clear text with prior knowledge, over TLS by ALPN. */
    HTTP_2
  }
}
