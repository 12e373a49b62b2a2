package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Right, as long as nobody adds a line that throws between the two. */
final class ClosedWithoutFinally {
  static int run(BelayClient client, Request request) throws IOException {
    Response response = client.open(request);
    int code = response.code();
    response.close();
    return code;
  }
}
