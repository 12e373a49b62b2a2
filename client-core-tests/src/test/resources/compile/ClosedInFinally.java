package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Right: the try follows at once. */
final class ClosedInFinally {
  static int run(BelayClient client, Request request) throws IOException {
    Response response = client.open(request);
    try {
      return response.code();
    } finally {
      response.close();
    }
  }
}
