package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class RelayProtocolsTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void tls_passes_untouched_and_nothing_of_it_is_kept() throws Exception {
    try (FaultServer server = FaultServer.startSecure()) {
      URI direct = URI.create(server.healthyUrl(Fault.STATUS_503_RA_5));
      try (Relay relay = Relay.start().to(direct.getPort())) {
        String url = "https://127.0.0.1:" + relay.port() + direct.getPath();
        HttpResponse<String> answer =
            trusting(server).send(Http.request(url).build(), BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.sslSession()).isPresent();
        assertOpaque(relay);
      }
    }
  }

  private static HttpClient trusting(FaultServer server) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {server.trustManager()}, null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static void assertOpaque(Relay relay) {
    PeerConnection peer = RelayedPair.awaitQuiet(relay);
    assertThat(peer.request()).isEmpty();
    assertThat(peer.agent()).isEmpty();
    assertThat(peer.requests()).isZero();
    assertThat(peer.answering()).isFalse();
  }

  @Test
  void http_2_passes_untouched_and_nothing_of_it_is_kept() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      server.enqueue(new MockResponse.Builder().body("two").build());
      server.start();
      OkHttpClient client =
          new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
      try (Relay relay = Relay.start().to(server.getPort())) {
        Request request = new Request.Builder().url(relay.url("/x")).build();
        try (Response response = client.newCall(request).execute()) {
          assertThat(response.body().string()).isEqualTo("two");
        }
        assertOpaque(relay);
        client.connectionPool().evictAll();
        relay.awaitOpenConnections(0, SOON);
      }
    }
  }
}
