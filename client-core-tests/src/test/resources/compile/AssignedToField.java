package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: the object that keeps the response has no close that would close it. */
final class AssignedToField {
  private Response latest;

  static int run(BelayClient client, Request request) throws IOException {
    return new AssignedToField().fetch(client, request);
  }

  private int fetch(BelayClient client, Request request) throws IOException {
    latest = client.open(request);
    return latest.code();
  }
}
