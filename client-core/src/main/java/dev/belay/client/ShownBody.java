package dev.belay.client;

import java.io.IOException;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/**
 * The body of an answer as interceptors may read it: what goes wrong then is the network's, and
 * quotes nothing.
 */
final class ShownBody extends ForwardingSource {
  private final Exchange exchange;

  private ShownBody(BufferedSource source, Exchange exchange) {
    super(source);
    this.exchange = exchange;
  }

  static ResponseBody of(ResponseBody body, Exchange exchange) {
    BufferedSource shown = Okio.buffer(new ShownBody(body.source(), exchange));
    return ResponseBody.create(shown, body.contentType(), body.contentLength());
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    try {
      return super.read(sink, byteCount);
    } catch (IOException e) {
      throw exchange.failedBelow(Scrubbed.io(e));
    } catch (RuntimeException e) {
      throw exchange.failedBelow(Guard.asIo(e, exchange.carrier));
    }
  }
}
