package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelViewTest {

  @BeforeEach
  void only_on_linux() {
    assumeTrue(KernelSockets.isAvailable());
  }

  private static KernelView view(RawClient client) {
    Holding.Ports ports = ports(client);
    return KernelSockets.view(List.of(ports)).get(ports);
  }

  private static Holding.Ports ports(RawClient client) {
    return new Holding.Ports(client.port(), client.remotePort());
  }

  @Test
  void bytes_that_nobody_reads_are_counted() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200, "12345"));
        RawClient client = new RawClient(server)) {
      client.get("/").readHead();
      assertThat(view(client).state()).isEqualTo("ESTABLISHED");
      assertThat(view(client).unread()).isEqualTo(5);
      assertThat(view(client).descriptor()).isPositive();
      client.read(5);
      assertThat(view(client).unread()).isZero();
    }
  }

  @Test
  void the_end_of_the_stream_is_no_byte() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200, "12345").closeAfter());
        RawClient client = new RawClient(server)) {
      client.get("/").readHead();
      server.awaitOpenConnections(0, Duration.ofSeconds(20));
      client.read(5);
      assertThat(view(client))
          .isEqualTo(new KernelView(view(client).descriptor(), "CLOSE_WAIT", 0));
      client.readToEnd();
      assertThat(view(client).unread()).isZero();
    }
  }

  @Test
  void ipv4_sockets_and_several_ports_are_found() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200));
        RawClient client = new RawClient(server);
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET)) {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      channel.connect(new InetSocketAddress(loopback, server.port()));
      int port = channel.socket().getLocalPort();
      Holding.Ports other = new Holding.Ports(port, server.port());
      Holding.Ports elsewhere = new Holding.Ports(port, 1);
      Map<Holding.Ports, KernelView> views =
          KernelSockets.view(Arrays.asList(other, ports(client), elsewhere, other));
      assertThat(views).containsOnlyKeys(other, ports(client));
    }
  }

  @Test
  void a_closed_socket_is_not_there() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200))) {
      RawClient client = new RawClient(server);
      Holding.Ports ports = ports(client);
      client.close();
      assertThat(KernelSockets.view(List.of(ports))).isEmpty();
    }
  }
}
