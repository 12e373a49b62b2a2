package dev.belay.client;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as interceptors may read it: what goes wrong then is the network's, and
 * quotes nothing.
 */
final class ShownBody extends ResponseBody {
  private final ResponseBody body;
  private final BufferedSource source;

  ShownBody(ResponseBody body, Exchange exchange) {
    this.body = body;
    source = Okio.buffer(new Clean(body.source(), exchange));
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
    return source;
  }

  private static final class Clean extends ForwardingSource {
    private final Exchange exchange;

    Clean(BufferedSource source, Exchange exchange) {
      super(source);
      this.exchange = exchange;
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
}
