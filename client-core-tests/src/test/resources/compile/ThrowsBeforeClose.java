package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: if the file cannot be written, the response stays open. */
final class ThrowsBeforeClose {
  static void run(BelayClient client, Request request) throws IOException {
    Response response = client.open(request);
    Files.writeString(Path.of("no such folder", "status"), response.message());
    response.close();
  }
}
