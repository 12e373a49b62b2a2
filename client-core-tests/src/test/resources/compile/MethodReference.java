package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: whoever calls the method reference gets a response, and does not close it. */
final class MethodReference {
  interface Opener {
    Response open(Request request) throws IOException;
  }

  static int run(BelayClient client, Request request) throws IOException {
    Opener opener = client::open;
    return opener.open(request).code();
  }
}
