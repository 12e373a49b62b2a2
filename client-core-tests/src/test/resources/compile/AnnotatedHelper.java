package compile;

import com.google.errorprone.annotations.MustBeClosed;
import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Right: the helper says that its caller has to close. */
final class AnnotatedHelper {
  static int run(BelayClient client, Request request) throws IOException {
    try (Response response = get(client, request)) {
      return response.code();
    }
  }

  @MustBeClosed
  private static Response get(BelayClient client, Request request) throws IOException {
    return client.open(request);
  }
}
