package compile;

import dev.belay.client.BelayClient;
import dev.belay.testkit.FakeUazapi;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import okhttp3.Request;

/** Right: the fake closes the server that it lends. */
final class LentServer {
  static String run(BelayClient client, Request request) throws IOException {
    try (FakeUazapi fake = FakeUazapi.start()) {
      TestServer lent = fake.server();
      Request toFake = new Request.Builder().url(lent.url("/status")).build();
      return client.send(toFake, response -> response.message());
    }
  }
}
