package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelSocketsTest {

  @BeforeEach
  void only_on_linux() {
    assumeTrue(KernelSockets.isAvailable());
  }

  @Test
  void sockets_of_the_client_are_counted_and_those_of_the_server_are_not() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200))) {
      assertThat(KernelSockets.to(server.port()).open()).isZero();
      List<RawClient> clients = List.of(new RawClient(server), new RawClient(server));
      server.awaitOpenConnections(2, Duration.ofSeconds(20));
      assertThat(KernelSockets.to(server.port())).isEqualTo(new KernelSockets.Count(0, 2, 0));
      for (RawClient client : clients) {
        client.close();
      }
      assertThat(KernelSockets.to(server.port()).open()).isZero();
    }
  }

  @Test
  void sockets_of_another_process_are_not_counted() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200));
        ForeignProcess foreign = new ForeignProcess(server)) {
      assertThat(foreign).isNotNull();
      server.awaitOpenConnections(1, Duration.ofSeconds(20));
      assertThat(KernelSockets.to(server.port()).open()).isZero();
    }
  }

  @Test
  void a_socket_over_plain_ipv4_is_counted() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.of(200));
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET)) {
      channel.connect(
          new InetSocketAddress(
              InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.port()));
      assertThat(KernelSockets.to(server.port()).established()).isEqualTo(1);
    }
  }

  @Test
  void a_socket_whose_server_has_closed_is_still_held() throws Exception {
    try (TestServer server = TestServer.start(request -> Answer.hangUp());
        RawClient client = new RawClient(server)) {
      client.get("/").readToEnd();
      assertThat(server.openConnections()).isZero();
      assertThat(KernelSockets.to(server.port())).isEqualTo(new KernelSockets.Count(0, 0, 1));
    }
  }

  @Test
  void a_socket_that_still_connects_is_counted() throws Exception {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    List<SocketChannel> channels = new ArrayList<>();
    try (ServerSocket nobodyAccepts = new ServerSocket(0, 1, loopback)) {
      int port = nobodyAccepts.getLocalPort();
      for (int i = 0; i < 6; i++) {
        channels.add(beginToConnect(new InetSocketAddress(loopback, port)));
      }
      KernelSockets.Count count = KernelSockets.to(port);
      assertThat(count.connecting()).isPositive();
      assertThat(count.open()).isEqualTo(6);
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  private static SocketChannel beginToConnect(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.connect(address);
    return channel;
  }

  @Test
  void rows_to_other_machines_are_told_from_loopback() {
    assertThat(row("0100007F:1F90").isToLoopback()).isTrue();
    assertThat(row("0101A8C0:1F90").isToLoopback()).isFalse();
    assertThat(row("0000000000000000FFFF00000100007F:1F90").isToLoopback()).isTrue();
    assertThat(row("0000000000000000FFFF00000101A8C0:1F90").isToLoopback()).isFalse();
    assertThat(row("00000000000000000000000001000000:1F90").isToLoopback()).isTrue();
    assertThat(row("B80D0120000000000000000001000000:1F90").isToLoopback()).isFalse();
    assertThat(row("0100007F:1F90"))
        .isEqualTo(new KernelSocket(50000, "0100007F", 8080, KernelSocket.ESTABLISHED, 0, "4711"));
  }

  @Test
  void a_socket_that_the_kernel_lists_twice_counts_once() {
    String row = text("0100007F:1F90");
    Map<String, KernelSocket> found = new HashMap<>();
    KernelSockets.addTo(found, Stream.of(row, row.replace("4711", "4712"), row), 8080);
    KernelSockets.addTo(found, Stream.of(row.replace("1F90", "1F91")), 8080);
    assertThat(found).containsOnlyKeys("4711", "4712");
  }

  private static KernelSocket row(String remote) {
    return KernelSocket.parse(text(remote));
  }

  private static String text(String remote) {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    return "   3: 0100007F:C350 "
        + remote
        + " 01 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0 20 4 30 10 -1";
  }
}
