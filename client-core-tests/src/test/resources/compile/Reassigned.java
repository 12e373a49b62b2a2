package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: the variable is closed once and opened twice. */
final class Reassigned {
  static int run(BelayClient client, Request request) throws IOException {
    Response response = client.open(request);
    response.close();
    response = client.open(request);
    return response.code();
  }
}
