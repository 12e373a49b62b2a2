package dev.belay.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.OkHttpLeaks;
import dev.belay.testkit.Relay;
import dev.belay.testkit.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** What users of other clients write. A document shows a region as it stands here. */
class ForeignExamplesTest {
  @Nested
  // region shared
  @NoLeaks
  @NoLeaks.Shared(reason = "one client for the class, as in production")
  class PricesTest {
    private static final OkHttpClient CLIENT =
        new OkHttpClient.Builder().eventListenerFactory(OkHttpLeaks.listener()).build();

    @Test
    void reads_a_price(TestServer server) throws Exception {
      Request request = new Request.Builder().url(server.url("/price")).build();
      try (Response response = CLIENT.newCall(request).execute()) { // or it is an unread answer
        assertThat(response.body().string()).isEqualTo("ok");
      }
    }

    @AfterAll
    static void end_the_client() {
      CLIENT.connectionPool().evictAll(); // or its connections are idle ones that nobody closed
      CLIENT.dispatcher().executorService().shutdown();
    }
  }

  // endregion shared

  @Nested
  @NoLeaks
  class OwnTest {
    // region apache
    @Test
    void asks_with_apache(TestServer server) throws Exception {
      try (CloseableHttpClient client = HttpClients.createDefault()) {
        HttpGet get = new HttpGet(server.url("/x"));
        String body = client.execute(get, answer -> EntityUtils.toString(answer.getEntity()));
        assertThat(body).isEqualTo("ok");
      }
    }

    // endregion apache

    // region spring
    @Test
    void asks_with_spring(TestServer server) throws Exception {
      try (CloseableHttpClient client = HttpClients.createDefault()) {
        RestClient rest =
            RestClient.builder()
                .requestFactory(new HttpComponentsClientHttpRequestFactory(client))
                .build();
        assertThat(rest.get().uri(server.url("/x")).retrieve().body(String.class)).isEqualTo("ok");
      }
    }

    // endregion spring

    // region relay
    @Test
    void asks_a_server_that_was_there_before(Relay relay) throws Exception {
      HttpServer existing = startServer(); // WireMock, a container, anything on TCP
      relay.to(existing.getAddress().getPort());
      HttpClient client = HttpClient.newHttpClient(); // close it on JDK 21 and later
      HttpRequest request = HttpRequest.newBuilder(URI.create(relay.url("/x"))).build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
      // endregion relay
      if (client instanceof AutoCloseable closeable) {
        closeable.close();
      }
      existing.stop(0);
    }

    private static HttpServer startServer() throws Exception {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      server.start();
      return server;
    }
  }
}
