package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: the stream leaves the brace that closes the response under it. */
final class BodyEscapes {
  static int run(BelayClient client, Request request) throws IOException {
    try (InputStream body = bodyOf(client, request)) {
      return body.read();
    }
  }

  private static InputStream bodyOf(BelayClient client, Request request) throws IOException {
    try (Response response = client.open(request)) {
      return response.body().byteStream();
    }
  }
}
