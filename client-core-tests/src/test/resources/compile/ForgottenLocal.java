package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: nobody closes the response. */
final class ForgottenLocal {
  static int run(BelayClient client, Request request) throws IOException {
    Response response = client.open(request);
    return response.code();
  }
}
