package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: what OkHttp's own method returns has to be closed too. */
final class OkHttpCall {
  static int run(BelayClient client, Request request) throws IOException {
    Response response = client.newCall(request).execute();
    return response.code();
  }
}
