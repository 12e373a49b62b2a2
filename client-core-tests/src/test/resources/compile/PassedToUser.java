package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: the helper only looks at the response. */
final class PassedToUser {
  static int run(BelayClient client, Request request) throws IOException {
    return statusOf(client.open(request));
  }

  private static int statusOf(Response response) {
    return response.code();
  }
}
