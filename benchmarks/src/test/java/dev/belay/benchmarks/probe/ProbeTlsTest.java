package dev.belay.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTlsTest {

  @Test
  void a_server_is_trusted_by_its_certificate_and_may_speak_http_2(@TempDir Path folder)
      throws Exception {
    SelfSigned certificate = SelfSigned.in(folder);
    try (MockWebServer server = new MockWebServer()) {
      server.useHttps(certificate.sockets());
      server.enqueue(new MockResponse.Builder().body("1").build());
      server.enqueue(new MockResponse.Builder().body("2").build());
      server.start();
      String url = server.url("/").toString();
      String ca = certificate.pem().toString();

      Ran distrustful = Ran.probe("--url", url);
      assertThat(distrustful.code()).isEqualTo(1);
      assertThat(distrustful.calls().get(0).path("type").asString())
          .isEqualTo("UntrustedServerException");

      assertThat(Ran.probe("--url", url, "--ca", ca).code()).isZero();
      assertThat(server.takeRequest().getVersion()).isEqualTo("HTTP/1.1");
      assertThat(Ran.probe("--url", url, "--ca", ca, "--h2").code()).isZero();
      assertThat(server.takeRequest().getVersion()).isEqualTo("HTTP/2");
    }
  }
}
