package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;

/** Wrong: the future brings a response, which is closed when the handler has returned. */
final class FutureEscape {
  static String run(BelayClient client, Request request) throws IOException {
    return client.sendAsync(request, response -> response).join().body().string();
  }
}
