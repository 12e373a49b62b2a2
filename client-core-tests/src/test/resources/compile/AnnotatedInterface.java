package compile;

import com.google.errorprone.annotations.MustBeClosed;
import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Right: the interface says that its caller has to close, and its caller does. */
final class AnnotatedInterface {
  interface Opener {
    @MustBeClosed
    Response open() throws IOException;
  }

  static int run(BelayClient client, Request request) throws IOException {
    Opener opener = () -> client.open(request);
    try (Response response = opener.open()) {
      return response.code();
    }
  }
}
