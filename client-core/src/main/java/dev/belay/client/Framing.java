package dev.belay.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/**
 * Where an answer ends (RFC 9112 section 6, RFC 9113 section 8.1.1). OkHttp reads a length that it
 * cannot understand as none, takes the last of several, and believes an end that anybody on the way
 * can forge; then a part of an answer passes for the whole.
 */
final class Framing {
  private static final String LENGTH = "Content-Length";
  private static final String CODING = "Transfer-Encoding";
  private static final String CHUNKED = "chunked";

  private Framing() {}

  /**
   * @param answer as it came: the length of a decoded body is another one
   */
  static Response checked(Response answer, Carrier carrier) throws IOException {
    try {
      refuseContradictions(answer.headers());
    } catch (ProtocolException e) {
      answer.close();
      throw e;
    }
    if (hasBody(answer)) {
      return withCheckedEnd(decodable(answer), carrier);
    }
    return isAwaitedInVain(answer) ? with(answer, new Empty(answer.body().source())) : answer;
  }

  /** No byte at all is not gzip, and OkHttp would read it as such; servers say so nevertheless. */
  private static Response decodable(Response answer) {
    boolean gzip = "gzip".equalsIgnoreCase(answer.header("Content-Encoding"));
    return gzip && answer.body().contentLength() == 0
        ? answer.newBuilder().removeHeader("Content-Encoding").build()
        : answer;
  }

  /** What goes wrong here is not quoted: it is what the server said. */
  private static void refuseContradictions(Headers head) throws ProtocolException {
    List<String> codings = head.values(CODING);
    if (codings.size() > 1 || (codings.size() == 1 && !codings.get(0).equalsIgnoreCase(CHUNKED))) {
      throw new ProtocolException("a transfer coding other than chunked");
    }
    if (codings.isEmpty()) { // else the chunks tell (RFC 9112 section 6.3)
      refuseBadLengths(head.values(LENGTH));
    }
  }

  private static void refuseBadLengths(List<String> lengths) throws ProtocolException {
    for (String length : lengths) {
      if (!length.equals(lengths.get(0))) {
        throw new ProtocolException("several lengths that differ");
      }
      if (!isLength(length)) {
        throw new ProtocolException("a length that is not a number of bytes");
      }
    }
  }

  private static boolean isLength(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    try {
      return Long.parseLong(text) >= 0;
    } catch (NumberFormatException e) {
      return false; // more than any body
    }
  }

  /** Whether what names two ends may have been understood otherwise by somebody on the way. */
  static boolean isAmbiguous(Headers head) {
    return head.get(CODING) != null && head.get(LENGTH) != null;
  }

  static boolean hasBody(Response answer) {
    return !answer.request().method().equals("HEAD")
        && answer.code() != Status.NO_CONTENT
        && answer.code() != Status.NOT_MODIFIED
        && answer.code() != Status.SWITCHING_PROTOCOLS;
  }

  private static Response withCheckedEnd(Response answer, Carrier carrier) {
    ResponseBody body = answer.body();
    if (answer.protocol() == Protocol.HTTP_2 || answer.protocol() == Protocol.H2_PRIOR_KNOWLEDGE) {
      return body.contentLength() < 0
          ? answer
          : with(answer, new Measured(body.source(), body.contentLength()));
    }
    boolean endsWithConnection = body.contentLength() < 0 && answer.header(CODING) == null;
    return endsWithConnection && answer.handshake() != null
        ? with(answer, new SaidGoodbye(body.source(), carrier))
        : answer;
  }

  /**
   * What a 304 says about a body is about that of a 200 (RFC 9110 section 15.4.5). OkHttp waits for
   * one nevertheless, so the connection is over: only its end would show that none comes.
   */
  private static boolean isAwaitedInVain(Response answer) {
    boolean ever = answer.code() == Status.NOT_MODIFIED || answer.code() == Status.NO_CONTENT;
    return ever
        && !answer.request().method().equals("HEAD")
        && (answer.body().contentLength() > 0 || answer.header(CODING) != null);
  }

  /** Closed like what it stands for. */
  private static final class Empty extends ForwardingSource {
    Empty(Source awaited) {
      super(awaited);
    }

    @Override
    public long read(Buffer sink, long byteCount) {
      return -1;
    }
  }

  private static Response with(Response answer, Source source) {
    ResponseBody body = answer.body();
    return answer
        .newBuilder()
        .body(ResponseBody.create(Okio.buffer(source), body.contentType(), body.contentLength()))
        .build();
  }

  /** On HTTP/2 OkHttp does not compare what was announced with what came. */
  private static final class Measured extends ForwardingSource {
    /** Written and read by whoever reads the body. */
    private long left;

    Measured(Source body, long announced) {
      super(body);
      left = announced;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long n = super.read(sink, byteCount);
      if (n == -1 && left > 0) {
        throw new EOFException("the answer is shorter than it said");
      }
      left -= Math.max(0, n);
      if (left < 0) {
        throw new ProtocolException("the answer is longer than it said");
      }
      return n;
    }
  }

  /**
   * A body whose end is the end of the connection is whole if TLS says so; who cuts the line cannot
   * (RFC 9112 section 9.8). With the word for it TLS does not look for the end of the stream.
   */
  private static final class SaidGoodbye extends ForwardingSource {
    private final Carrier carrier;

    SaidGoodbye(Source body, Carrier carrier) {
      super(body);
      this.carrier = carrier;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long n = super.read(sink, byteCount);
      if (n == -1 && carrier.wasCutOff()) {
        throw new EOFException("the connection ended without close_notify");
      }
      return n;
    }
  }
}
