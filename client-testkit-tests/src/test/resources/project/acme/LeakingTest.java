package acme;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@NoLeaks
class LeakingTest {
  private static final List<Socket> KEPT = new ArrayList<>();

  @Test
  void forgets_a_socket(TestServer server) throws Exception {
    Socket socket = new Socket("127.0.0.1", server.port());
    KEPT.add(socket);
    socket.getOutputStream().write("GET /forgotten HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
    socket.getInputStream().read();
  }

  @Test
  void forgets_nothing(TestServer server) throws Exception {
    new Socket("127.0.0.1", server.port()).close();
  }
}
