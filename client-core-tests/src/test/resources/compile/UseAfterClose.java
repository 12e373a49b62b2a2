package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: the response is kept and read after the brace has closed it. */
final class UseAfterClose {
  static String run(BelayClient client, Request request) throws IOException {
    Response kept;
    try (Response response = client.open(request)) {
      kept = response;
    }
    return kept.body().string();
  }
}
