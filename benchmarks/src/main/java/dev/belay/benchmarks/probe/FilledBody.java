package dev.belay.benchmarks.probe;

import java.io.IOException;
import java.util.Arrays;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A request body of any length that takes no memory. It can be written again. */
final class FilledBody extends RequestBody {
  private static final MediaType TYPE = MediaType.get("application/octet-stream");
  private static final byte[] PIECE = new byte[8 * 1024];

  static {
    Arrays.fill(PIECE, (byte) 'x');
  }

  private final long length;

  FilledBody(long length) {
    this.length = length;
  }

  @Override
  public MediaType contentType() {
    return TYPE;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    for (long left = length; left > 0; left -= PIECE.length) {
      sink.write(PIECE, 0, (int) Math.min(left, PIECE.length));
    }
  }
}
