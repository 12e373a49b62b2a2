package compile;

import dev.belay.client.BelayClient;
import java.util.concurrent.Callable;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: whoever calls the lambda gets a response, and does not close it. */
final class Lambda {
  static int run(BelayClient client, Request request) throws Exception {
    Callable<Response> later = () -> client.open(request);
    return later.call().code();
  }
}
