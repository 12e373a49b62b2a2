package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer by TLS that says nothing about its length ends with the word of TLS, or not at all. */
@NoLeaks
class OpenEndedAnswerTest {
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void one_that_ends_with_close_notify_is_whole(String version) throws Exception {
    assertThat(send(version, SSLSocket::close)).isEqualTo("half");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void one_that_is_cut_off_is_not(String version) {
    assertThatThrownBy(() -> send(version, tls -> {}))
        .isInstanceOfSatisfying(
            ConnectionLostException.class,
            e -> {
              assertThat(e.phase()).isEqualTo(Phase.BODY);
              assertThat(e.status()).hasValue(200);
              assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
            });
  }

  @Test
  void without_tls_the_end_of_the_connection_is_all_there_is() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        BelayClient client = BelayClient.builder().build()) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(() -> accept(server, OpenEndedAnswerTest::answer));
      String url = "http://127.0.0.1:" + server.getLocalPort();
      assertThat(client.send(Requests.get(url), Answers.text())).isEqualTo("half");
      served.get();
    }
  }

  private static String send(String version, Talk end) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        BelayClient client =
            Wire.TLS.applyTo(BelayClient.builder()).retry(RetryPolicy.none()).build()) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(() -> accept(server, plain -> secure(plain, version, end)));
      String url = "https://127.0.0.1:" + server.getLocalPort();
      try {
        return client.send(Requests.get(url), Answers.text());
      } finally {
        served.get();
      }
    }
  }

  private static void secure(Socket plain, String version, Talk end) throws IOException {
    SSLSocket tls = (SSLSocket) Wire.sockets().createSocket(plain, null, plain.getPort(), false);
    tls.setUseClientMode(false);
    tls.setEnabledProtocols(new String[] {version});
    answer(tls);
    end.to(tls);
  }

  private static void answer(Socket client) throws IOException {
    int unused = client.getInputStream().read(new byte[8192]);
    String text = "HTTP/1.1 200 OK\r\n\r\nhalf";
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void accept(ServerSocket server, PlainTalk talk) {
    try (Socket client = server.accept()) {
      talk.to(client);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private interface Talk {
    void to(SSLSocket client) throws IOException;
  }

  private interface PlainTalk {
    void to(Socket client) throws IOException;
  }
}
