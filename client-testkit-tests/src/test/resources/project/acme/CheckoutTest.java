package acme;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

@NoLeaks
class CheckoutTest {
  @Test
  void pays(TestServer server) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(server.url("/pay")).toURL().openConnection();
    InputStream body = connection.getInputStream();
    Assertions.assertEquals("ok", new String(body.readAllBytes()));
    connection.disconnect();
  }

  @Test
  void pays_nothing() {}
}
