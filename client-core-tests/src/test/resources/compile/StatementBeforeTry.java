package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Right: what stands between the opening and the try throws nothing. */
final class StatementBeforeTry {
  static int run(BelayClient client, Request request) throws IOException {
    Response response = client.open(request);
    int code = response.code();
    try {
      return code + response.body().source().readUtf8Line().length();
    } finally {
      response.close();
    }
  }
}
