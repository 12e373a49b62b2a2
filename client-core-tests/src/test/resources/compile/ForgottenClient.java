package compile;

import dev.belay.client.Answers;
import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;

/** Wrong: nobody closes the client that was built for one call. */
final class ForgottenClient {
  static String run(BelayClient unused, Request request) throws IOException {
    BelayClient own = BelayClient.builder().name("forgotten").build();
    return own.send(request, Answers.text());
  }
}
