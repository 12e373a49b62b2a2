package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: a response without the header stays open. */
final class ClosedOnOneBranch {
  static void run(BelayClient client, Request request) throws IOException {
    Response response = client.open(request);
    if (response.header("X-Total") != null) {
      response.close();
    }
  }
}
