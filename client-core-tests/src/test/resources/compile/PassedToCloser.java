package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;
import org.checkerframework.checker.mustcall.qual.Owning;

/** Right: the helper takes the response over, and says so. */
final class PassedToCloser {
  static int run(BelayClient client, Request request) throws IOException {
    return statusOf(client.open(request));
  }

  private static int statusOf(@Owning Response response) {
    int code = response.code();
    response.close();
    return code;
  }
}
