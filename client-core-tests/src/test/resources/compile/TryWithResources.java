package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Right: the brace closes the response. */
final class TryWithResources {
  static String run(BelayClient client, Request request) throws IOException {
    try (Response response = client.open(request)) {
      return response.body().source().readUtf8Line();
    }
  }
}
