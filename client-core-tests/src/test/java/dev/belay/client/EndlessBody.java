package dev.belay.client;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A request body that nobody ever gets to the end of. */
final class EndlessBody extends RequestBody {
  private static final byte[] PIECE = new byte[8 * 1024];

  @Override
  public MediaType contentType() {
    return null;
  }

  @Override
  public long contentLength() {
    return Long.MAX_VALUE;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    while (true) {
      sink.write(PIECE);
    }
  }
}
