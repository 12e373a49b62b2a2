package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.CertificatePinner;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NoLeaks
class TlsTest {
  private static final HeldCertificate CERTIFICATE =
      new HeldCertificate.Builder()
          .addSubjectAlternativeName("localhost")
          .addSubjectAlternativeName("127.0.0.1")
          .build();

  private final HandshakeCertificates trusting =
      new HandshakeCertificates.Builder()
          .addTrustedCertificate(CERTIFICATE.certificate())
          .heldCertificate(CERTIFICATE)
          .build();
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.useHttps(trusting.sslSocketFactory());
    server.start();
    for (int i = 0; i < 4; i++) {
      server.enqueue(new MockResponse.Builder().body("secret").build());
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private BelayClientBuilder trustingClient() {
    return BelayClient.builder().tls(trusting.sslSocketFactory(), trusting.trustManager());
  }

  @Test
  void a_trusted_server_is_called_over_one_connection() throws Exception {
    try (BelayClient client = trustingClient().httpsOnly().build()) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.send(Requests.get(server.url("/").toString()), Answers.text()))
            .isEqualTo("secret");
      }
      assertThat(client.snapshot().totals().opened()).isEqualTo(1);
    }
  }

  @Test
  void an_untrusted_server_gets_nothing_and_is_tried_once() {
    try (BelayClient client = BelayClient.builder().build()) {
      assertThatThrownBy(
              () -> client.send(Requests.get(server.url("/").toString()), Answers.text()))
          .isInstanceOfSatisfying(
              UntrustedServerException.class,
              e -> {
                assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT);
                assertThat(e.attempts()).isEqualTo(1);
                assertThat(e.phase()).isEqualTo(Phase.TLS);
              });
      assertThat(client.snapshot().open()).isZero();
    }
  }

  @Test
  void a_server_whose_certificate_is_not_the_pinned_one_gets_nothing() {
    CertificatePinner other =
        new CertificatePinner.Builder()
            .add(server.getHostName(), "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
            .build();
    try (BelayClient client = trustingClient().certificatePinner(other).build()) {
      assertThatThrownBy(
              () -> client.send(Requests.get(server.url("/").toString()), Answers.text()))
          .isInstanceOfSatisfying(
              UntrustedServerException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT));
      assertThat(server.getRequestCount()).isZero();
      assertThat(client.snapshot().open()).isZero();
    }
  }

  @Test
  void a_proxy_gets_no_more_connections_than_the_cap() throws Exception {
    try (Tunnel proxy = new Tunnel();
        BelayClient client =
            trustingClient()
                .proxy(proxy.asProxy())
                .maxConnections(2)
                .maxCallsInFlight(20)
                .build()) {
      List<CompletableFuture<String>> calls =
          Stream.generate(() -> Requests.get(server.url("/").toString()))
              .limit(4)
              .map(request -> client.sendAsync(request, Answers.text()))
              .toList();
      assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("secret"));
      assertThat(proxy.tunnels()).isBetween(1, 2);
      assertThat(client.snapshot().open()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void an_http_2_connection_is_used_again_after_a_rest() throws Exception {
    List<Protocol> both = List.of(Protocol.HTTP_2, Protocol.HTTP_1_1);
    try (BelayClient client = trustingClient().protocols(both).build()) {
      Request post = Requests.get(server.url("/").toString());
      post = post.newBuilder().post(Requests.body("text")).build();
      assertThat(client.send(post, Answers.text())).isEqualTo("secret");
      LockSupport.parkNanos(2 * Carrier.QUIET_NANOS);
      assertThat(client.send(post, Answers.text())).isEqualTo("secret");
      assertThat(client.snapshot().totals().opened()).isEqualTo(1);
    }
  }

  @Test
  void a_client_that_is_https_only_refuses_clear_text() {
    try (BelayClient client = BelayClient.builder().httpsOnly().build()) {
      assertThatThrownBy(() -> client.send(Requests.get("http://host.test/"), Answers.text()))
          .isInstanceOf(UntrustedServerException.class)
          .hasMessageContaining("httpsOnly()");
    }
  }

  @Test
  void clients_that_trust_different_servers_share_no_connection() throws Exception {
    try (BoundedPool pool = BoundedPool.builder().build();
        BelayClient trusts =
            BelayClient.builder(pool)
                .tls(trusting.sslSocketFactory(), trusting.trustManager())
                .build();
        BelayClient distrusts = BelayClient.builder(pool).build()) {
      String url = server.url("/").toString();
      assertThat(trusts.send(Requests.get(url), Answers.text())).isEqualTo("secret");
      assertThatThrownBy(() -> distrusts.send(Requests.get(url), Answers.text()))
          .isInstanceOf(UntrustedServerException.class);
    }
  }
}
