package dev.belay.client;

import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** A body that can be asked for its lease. */
final class LeasedBody extends ResponseBody {
  private final ResponseBody body;
  final LeasedSource lease;

  LeasedBody(ResponseBody body, LeasedSource lease) {
    this.body = body;
    this.lease = lease;
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return body.source();
  }

  /** Not that of okio: it clears the buffer, which another thread may be reading. */
  @Override
  public void close() {
    lease.take("closed");
  }
}
