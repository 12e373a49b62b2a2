package compile;

import com.google.errorprone.annotations.MustBeClosed;
import dev.belay.client.BelayClient;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: called through the class, whose method does not repeat what the interface says. */
final class OverrideWithoutAnnotation {
  interface Opener {
    @MustBeClosed
    Response open(Request request) throws IOException;
  }

  record OkHttpOpener(BelayClient client) implements Opener {
    @Override
    public Response open(Request request) throws IOException {
      return client.newCall(request).execute();
    }
  }

  static int run(BelayClient client, Request request) throws IOException {
    return new OkHttpOpener(client).open(request).code();
  }
}
