package acme;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class OkHttpTest {
  private static final OkHttpClient CLIENT = new OkHttpClient();

  private static Response get(TestServer server) throws Exception {
    return CLIENT.newCall(new Request.Builder().url(server.url("/x")).build()).execute();
  }

  @Test
  void closes_everything(TestServer server) throws Exception {
    get(server).close();
    CLIENT.connectionPool().evictAll();
  }

  @Test
  void leaves_a_response_open(TestServer server) throws Exception {
    get(server);
  }

  @Test
  void leaves_an_idle_connection(TestServer server) throws Exception {
    get(server).close();
  }
}
