package dev.belay.client;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A request body as we hand it to OkHttp: never written twice for one attempt unless the request
 * may be repeated, and telling its own failures from those of the network.
 */
final class OneShot extends RequestBody {
  /** Taken away when the exchange is over, by the thread that gives the connection back. */
  private volatile @Nullable RequestBody body;

  /** Written by the thread of the exchange, read by it later. */
  private boolean begun;

  private final boolean once;
  private final @Nullable MediaType type;
  private final long length;

  /** Asks for type and length here, where what they throw is not taken for the network's. */
  private OneShot(RequestBody body, boolean once) throws IOException {
    this.body = body;
    this.once = once || body.isOneShot();
    type = body.contentType();
    length = body.contentLength();
  }

  static Request unlessIdempotent(Request request, boolean idempotent) throws IOException {
    RequestBody body = request.body();
    return body == null
        ? request
        : request.newBuilder().method(request.method(), new OneShot(body, !idempotent)).build();
  }

  /** With the body that {@link #unlessIdempotent} took from the original, if it has ours. */
  static Request unwrap(Request request, Request wrapped, Request original) {
    RequestBody body = request.body();
    return body == null || body != wrapped.body()
        ? request
        : request.newBuilder().method(request.method(), original.body()).build();
  }

  @Override
  public @Nullable MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return length;
  }

  /**
   * A body that is one shot is replayed by nothing in OkHttp: not on 408, 503, 421 or redirects.
   */
  @Override
  public boolean isOneShot() {
    return once;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    RequestBody given = body;
    if (given == null) {
      throw new IOException("the exchange is over");
    }
    begun = true;
    Sending network = new Sending(sink);
    try {
      BufferedSink buffered = okio.Okio.buffer(network);
      given.writeTo(buffered);
      buffered.emit();
    } catch (IOException | RuntimeException e) {
      throw network.failed ? Failures.asIo(e) : new BodyFailedException(e);
    }
  }

  boolean hasBegun() {
    return begun;
  }

  void forget() {
    body = null;
  }

  /** Remembers whether it was the network that failed. */
  private static final class Sending extends okio.ForwardingSink {
    boolean failed;

    Sending(okio.Sink sink) {
      super(sink);
    }

    @Override
    public void write(okio.Buffer source, long byteCount) throws IOException {
      failed = true;
      super.write(source, byteCount);
      failed = false;
    }

    @Override
    public void flush() throws IOException {
      failed = true;
      super.flush();
      failed = false;
    }
  }

  /** The user's own body could not be produced: his exception goes back to him as it is. */
  static final class BodyFailedException extends IOException {
    private static final long serialVersionUID = 1;
    private final Exception own;

    BodyFailedException(Exception own) {
      super(own);
      this.own = own;
    }

    /** The user's exception, thrown if it is unchecked, else to be thrown by the caller. */
    IOException own() {
      if (own instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      return own instanceof IOException io ? io : this;
    }

    Exception unwrapped() {
      return own;
    }
  }
}
