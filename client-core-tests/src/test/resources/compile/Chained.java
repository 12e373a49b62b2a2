package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;

/** Wrong: the status is read, and the response that it came from is out of reach. */
final class Chained {
  static int run(BelayClient client, Request request) throws IOException {
    return client.open(request).code();
  }
}
