package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RelayTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int LARGE = 32 * 1024 * 1024;

  /** The common pool may have one thread, and all these block. */
  private static final Executor ON_ITS_OWN_THREAD = work -> new Thread(work, "relay-test").start();

  @Test
  void bytes_pass_in_both_directions() throws Exception {
    try (RelayedPair pair = new RelayedPair()) {
      pair.client.getOutputStream().write(new byte[] {1, 2, 3});
      assertThat(pair.server.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
      pair.server.getOutputStream().write(new byte[] {4, 5});
      assertThat(pair.client.getInputStream().readNBytes(2)).containsExactly(4, 5);
      assertThat(pair.relay.failures()).isEmpty();
    }
  }

  @Test
  void large_bodies_pass_unchanged_in_both_directions_at_once() throws Exception {
    byte[] up = new byte[LARGE];
    byte[] down = new byte[LARGE];
    new Random(1).nextBytes(up);
    new Random(2).nextBytes(down);
    try (RelayedPair pair = new RelayedPair()) {
      CompletableFuture<Void> sentUp = send(pair.client, up);
      CompletableFuture<Void> sentDown = send(pair.server, down);
      CompletableFuture<byte[]> cameUp = receive(pair.server);
      CompletableFuture<byte[]> cameDown = receive(pair.client);
      CompletableFuture.allOf(sentUp, sentDown).join();
      assertThat(cameUp.join()).isEqualTo(up);
      assertThat(cameDown.join()).isEqualTo(down);
    }
  }

  private static CompletableFuture<Void> send(Socket socket, byte[] bytes) {
    return CompletableFuture.runAsync(
        () ->
            io(
                () -> {
                  new ByteArrayInputStream(bytes).transferTo(socket.getOutputStream());
                  socket.shutdownOutput();
                  return "sent";
                }),
        ON_ITS_OWN_THREAD);
  }

  private static CompletableFuture<byte[]> receive(Socket socket) {
    return CompletableFuture.supplyAsync(
        () -> io(() -> socket.getInputStream().readAllBytes()), ON_ITS_OWN_THREAD);
  }

  private static <T> T io(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_client_that_does_not_read_makes_the_server_wait() throws Exception {
    try (RelayedPair pair = new RelayedPair()) {
      CompletableFuture<Void> sent = send(pair.server, new byte[2 * LARGE]);
      assertStuck(sent);
      assertThat(pair.peer().answering()).isTrue();
      pair.client.close();
      assertThat(sent).failsWithin(SOON);
      pair.relay.awaitOpenConnections(0, SOON);
    }
  }

  @Test
  void a_client_that_ends_while_the_server_takes_nothing_is_not_reported() throws Exception {
    assumeTrue(KernelSockets.isAvailable());
    try (RelayedPair pair = new RelayedPair()) {
      CompletableFuture<Void> sent = send(pair.client, new byte[2 * LARGE]);
      assertStuck(sent);
      assertThat(pair.relay.witness().open()).hasSize(1);
      pair.client.close();
      assertThat(sent).failsWithin(SOON);
      assertThat(pair.relay.witness().open()).isEmpty();
    }
  }

  /** Kernels buffer some megabytes, and the relay next to nothing. */
  private static void assertStuck(CompletableFuture<Void> sent) {
    assertThatThrownBy(() -> sent.get(500, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void a_half_close_of_the_client_is_passed_on_and_the_answer_still_comes() throws Exception {
    try (RelayedPair pair = new RelayedPair()) {
      pair.client.getOutputStream().write('?');
      pair.client.shutdownOutput();
      assertThat(pair.server.getInputStream().readAllBytes()).containsExactly('?');
      pair.server.getOutputStream().write('!');
      pair.server.close();
      assertThat(pair.client.getInputStream().readAllBytes()).containsExactly('!');
      assertThat(pair.relay.openConnections()).isZero();
    }
  }

  @Test
  void a_client_that_holds_its_half_after_the_server_has_closed_is_seen() throws Exception {
    try (RelayedPair pair = new RelayedPair()) {
      pair.server.close();
      assertThat(pair.client.getInputStream().read()).isEqualTo(-1);
      assertThat(pair.relay.openConnections()).isEqualTo(1);
      assertThat(pair.peer().clientPort()).isEqualTo(pair.client.getLocalPort());
      pair.client.close();
      assertThat(pair.relay.openConnections()).isZero();
      assertThat(pair.relay.witness().givenUp()).isEmpty();
    }
  }

  @Test
  void a_reset_of_the_client_reaches_the_server_as_a_reset() throws Exception {
    try (RelayedPair pair = new RelayedPair()) {
      pair.client.setSoLinger(true, 0);
      pair.client.close();
      assertReset(pair.server);
      assertThat(pair.relay.openConnections()).isZero();
    }
  }

  @Test
  void a_reset_of_the_server_reaches_the_client_as_a_reset() throws Exception {
    try (RelayedPair pair = new RelayedPair()) {
      int port = pair.client.getLocalPort();
      pair.server.setSoLinger(true, 0);
      pair.server.close();
      assertReset(pair.client);
      assertThat(pair.relay.openConnections()).isZero();
      assertThat(pair.relay.witness().givenUp())
          .extracting(PeerConnection::clientPort)
          .containsExactly(port);
    }
  }

  private static void assertReset(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
  }

  @Test
  void what_came_before_the_end_of_the_server_still_arrives() throws Exception {
    try (RelayedPair pair = new RelayedPair()) {
      byte[] bytes = new byte[LARGE];
      CompletableFuture<Void> sent = send(pair.server, bytes);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      long unused = pair.client.getInputStream().transferTo(all);
      sent.join();
      assertThat(all.size()).isEqualTo(LARGE);
    }
  }
}
