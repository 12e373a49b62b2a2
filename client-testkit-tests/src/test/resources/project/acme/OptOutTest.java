package acme;

import dev.belay.testkit.NoLeaksExtension;
import dev.belay.testkit.TestServer;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OptOutTest {
  @RegisterExtension
  static final NoLeaksExtension LEAKS =
      NoLeaksExtension.builder().allow("GET /metrics", "they scrape for ever").build();

  @Test
  void scrapes_nothing(TestServer server) throws Exception {
    new Socket("127.0.0.1", server.port()).close();
  }
}
