package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Right: the helper hands its duty on by its return type, and its caller does it. */
final class HelperWithoutAnnotation {
  static int run(BelayClient client, Request request) throws IOException {
    try (Response response = get(client, request)) {
      return response.code();
    }
  }

  private static Response get(BelayClient client, Request request) throws IOException {
    return client.open(request);
  }
}
