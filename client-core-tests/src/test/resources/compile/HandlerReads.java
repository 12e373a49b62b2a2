package compile;

import dev.belay.client.Answers;
import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Right: whole answers leave nothing to close. */
final class HandlerReads {
  static String run(BelayClient client, Request request) throws IOException {
    String text = client.send(request, Answers.text());
    int length = client.send(request, HandlerReads::lengthOf);
    String later = client.sendAsync(request, response -> response.body().string()).join();
    return text + length + later;
  }

  private static int lengthOf(Response response) throws IOException {
    return response.body().bytes().length;
  }
}
