package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;

/** Wrong: the response is not even looked at. */
final class Discarded {
  static void run(BelayClient client, Request request) throws IOException {
    client.open(request);
  }
}
