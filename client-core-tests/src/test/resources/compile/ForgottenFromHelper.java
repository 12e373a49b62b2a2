package compile;

import com.google.errorprone.annotations.MustBeClosed;
import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: the helper says that its caller has to close, and its caller does not. */
final class ForgottenFromHelper {
  static int run(BelayClient client, Request request) throws IOException {
    return get(client, request).code();
  }

  @MustBeClosed
  private static Response get(BelayClient client, Request request) throws IOException {
    return client.open(request);
  }
}
