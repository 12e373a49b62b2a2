package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: nobody closes what is in the list. */
final class PutIntoList {
  static int run(BelayClient client, Request request) throws IOException {
    List<Response> responses = new ArrayList<>();
    responses.add(client.open(request));
    return responses.size();
  }
}
