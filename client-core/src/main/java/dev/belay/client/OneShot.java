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
  private final RequestBody body;
  private final boolean once;

  private OneShot(RequestBody body, boolean once) {
    this.body = body;
    this.once = once;
  }

  static Request unlessIdempotent(Request request, boolean idempotent) {
    RequestBody body = request.body();
    return body == null
        ? request
        : request.newBuilder().method(request.method(), new OneShot(body, !idempotent)).build();
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return body.contentLength();
  }

  /**
   * A body that is one shot is replayed by nothing in OkHttp: not on 408, 503, 421 or redirects.
   */
  @Override
  public boolean isOneShot() {
    return once || body.isOneShot();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    Sending network = new Sending(sink);
    try {
      BufferedSink buffered = okio.Okio.buffer(network);
      body.writeTo(buffered);
      buffered.emit();
    } catch (IOException | RuntimeException e) {
      throw network.failed ? asIo(e) : new BodyFailedException(e);
    }
  }

  private static IOException asIo(Exception e) {
    return e instanceof IOException io ? io : new IOException(e);
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
