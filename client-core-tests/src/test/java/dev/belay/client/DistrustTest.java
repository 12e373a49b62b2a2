package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.NoLeaks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.X509TrustManager;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.CertificatePinner;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NoLeaks
class DistrustTest {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(1).commonName("some authority").build();
  private static final HandshakeCertificates TRUSTING =
      new HandshakeCertificates.Builder().addTrustedCertificate(AUTHORITY.certificate()).build();

  private static HeldCertificate.Builder certificate() {
    return new HeldCertificate.Builder().signedBy(AUTHORITY).addSubjectAlternativeName("localhost");
  }

  private static BelayClientBuilder client() {
    return BelayClient.builder().tls(TRUSTING.sslSocketFactory(), TRUSTING.trustManager());
  }

  private static HeldCertificate.Builder valid(Duration from, Duration until) {
    long now = Instant.now().toEpochMilli();
    return certificate().validityInterval(now + from.toMillis(), now + until.toMillis());
  }

  @Test
  void of_a_certificate_is_named() throws Exception {
    Duration hour = Duration.ofHours(1);
    expectOf(valid(hour.multipliedBy(-2), hour.negated()), client(), "certificate has expired");
    expectOf(valid(hour, hour.multipliedBy(2)), client(), "certificate is not valid yet");
    expectOf(
        new HeldCertificate.Builder().signedBy(AUTHORITY).addSubjectAlternativeName("other.test"),
        client(),
        "certificate is for another host");
    expectOf(
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost"),
        client(),
        "of no authority that is trusted");
    CertificatePinner other =
        new CertificatePinner.Builder()
            .add("localhost", "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
            .build();
    expectOf(certificate(), client().certificatePinner(other), "certificates is pinned");
  }

  private static void expectOf(
      HeldCertificate.Builder certificate, BelayClientBuilder client, String reason)
      throws IOException {
    HandshakeCertificates shown =
        new HandshakeCertificates.Builder().heldCertificate(certificate.build()).build();
    try (MockWebServer server = new MockWebServer();
        BelayClient calling = client.build()) {
      server.useHttps(shown.sslSocketFactory());
      server.start();
      server.enqueue(new MockResponse.Builder().body("secret").build());
      Request post = Requests.get("https://localhost:" + server.getPort() + "/");
      expectNoTrust(calling, post.newBuilder().post(Requests.body("x")).build(), reason);
      assertThat(server.getRequestCount()).isZero();
    }
  }

  private static void expectNoTrust(BelayClient client, Request request, String reason) {
    assertThatThrownBy(() -> client.send(request, Answers.text()))
        .isInstanceOfSatisfying(
            UntrustedServerException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT);
              assertThat(e.phase()).isEqualTo(Phase.TLS);
              assertThat(e.attempts()).isEqualTo(1);
              assertThat(e).hasMessageContaining("https://localhost:").hasMessageContaining(reason);
            });
    assertThat(client.snapshot().open()).isZero();
  }

  /** The first bytes of a server in answer to those of a client. */
  private static void expect(byte[] said, String reason) throws Exception {
    try (HastyServer server = new HastyServer((s, client) -> say(client, said));
        BelayClient client = client().build()) {
      String url = server.url().newBuilder().scheme("https").host("localhost").build().toString();
      expectNoTrust(client, Requests.get(url), reason);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  private static void say(Socket client, byte[] said) throws IOException {
    InputStream in = client.getInputStream();
    int unused = in.read(new byte[16_384]);
    client.getOutputStream().write(said);
    while (in.read() >= 0) {
      // what it says of that, up to its end
    }
  }

  /** A ServerHello (RFC 4346 section 7.4.1.3) with TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA. */
  private static byte[] hello(int minorVersion) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {22, 3, (byte) minorVersion, 0, 42, 2, 0, 0, 38});
    bytes.write(new byte[] {3, (byte) minorVersion});
    bytes.write(new byte[32]);
    bytes.write(new byte[] {0, (byte) 0xc0, 0x13, 0});
    return bytes.toByteArray();
  }

  private static byte[] alert(int description) {
    return new byte[] {21, 3, 3, 0, 2, 2, (byte) description};
  }

  @Test
  void of_an_old_server_is_named() throws Exception {
    String old = "no TLS from version 1.2 on";
    expect(hello(1), old);
    expect(hello(2), old);
    expect(alert(70), old);
    expect(alert(40), "no way to encrypt in common");
    expect(alert(71), "no way to encrypt in common");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "220 mail.test ESMTP\r\n",
        "garbage garbage garbage garbage",
        "\u0016\u0003\u0003\u0000\u0004abcd",
        "\u0016\u0003\u0003\u0000\u0004c\u0000\u0000\u0000",
        "\u0017\u0003\u0003\u0000\u0004abcd"
      })
  void of_one_that_speaks_something_else_is_named(String said) throws Exception {
    expect(said.getBytes(StandardCharsets.ISO_8859_1), "what it speaks is not TLS");
  }

  @Test
  void a_handshake_that_breaks_is_tried_again() throws Exception {
    for (byte[] said : new byte[][] {{}, {22, 3, 3}, alert(80)}) {
      try (HastyServer server = new HastyServer((s, c) -> sayAndClose(c, said));
          BelayClient client = client().build()) {
        String url = server.url().newBuilder().scheme("https").build().toString();
        assertThatThrownBy(() -> client.send(Requests.get(url), Answers.text()))
            .isInstanceOfSatisfying(
                ConnectFailedException.class,
                e -> {
                  assertThat(e.phase()).isEqualTo(Phase.TLS);
                  assertThat(e.attempts()).isEqualTo(3);
                });
      }
    }
  }

  private static void sayAndClose(Socket client, byte[] said) throws IOException {
    int unused = client.getInputStream().read(new byte[16_384]);
    client.getOutputStream().write(said);
  }

  @Test
  void a_manager_that_trusts_everybody_is_refused() {
    X509TrustManager everybody =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String authType) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String authType) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    assertThatThrownBy(() -> BelayClient.builder().tls(TRUSTING.sslSocketFactory(), everybody))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("tls", "empty chain", "KeyStore");
  }

  @Test
  void an_interceptor_cannot_change_whom_to_trust() throws Exception {
    HandshakeCertificates others = new HandshakeCertificates.Builder().build();
    CertificatePinner pins =
        new CertificatePinner.Builder()
            .add("localhost", "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
            .build();
    expectRefusal(c -> c.withHostnameVerifier((host, session) -> true).proceed(c.request()));
    expectRefusal(c -> c.withCertificatePinner(pins).proceed(c.request()));
    expectRefusal(
        c ->
            c.withSslSocketFactory(others.sslSocketFactory(), others.trustManager())
                .proceed(c.request()));
    expectRefusal(
        c ->
            c.withSslSocketFactory(TRUSTING.sslSocketFactory(), others.trustManager())
                .proceed(c.request()));
  }

  private static void expectRefusal(Interceptor interceptor) throws IOException {
    try (MockWebServer server = new MockWebServer();
        BelayClient client = client().interceptor(interceptor).build()) {
      server.start();
      assertThatThrownBy(
              () -> client.send(Requests.get(server.url("/").toString()), Answers.text()))
          .isInstanceOf(CallFailedException.class)
          .rootCause()
          .hasMessageContaining("an interceptor replaced the ");
      assertThat(server.getRequestCount()).isZero();
    }
  }
}
