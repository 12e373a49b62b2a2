package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** On HTTP/2 the rest of an answer that nobody wants comes while the next one is awaited. */
@NoLeaks
class LeftBehindBytesTest {
  private static final int LIMIT = 100_000;

  /** As far as OkHttp lets a server send ahead. */
  private static final int MUCH = 16 << 20;

  private static final Dispatcher ANSWERS =
      new Dispatcher() {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
          boolean big = request.getUrl().encodedPath().equals("/big");
          Buffer body = new Buffer().write(new byte[big ? MUCH : 10]);
          return new MockResponse.Builder().body(body).build();
        }
      };

  @Test
  void the_rest_of_a_stream_is_not_counted_for_the_next_answer() throws IOException {
    try (MockWebServer server = new MockWebServer();
        BelayClient client =
            Wire.HTTP_2.applyTo(BelayClient.builder()).maxWireBytes(LIMIT).build()) {
      server.useHttps(Wire.sockets());
      server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
      server.setDispatcher(ANSWERS);
      server.start(InetAddress.getLoopbackAddress(), 0);
      String url = "https://127.0.0.1:" + server.getPort();
      CallOptions stream = CallOptions.streaming(Duration.ofSeconds(10));
      for (int i = 0; i < 3; i++) {
        try (Response big = client.open(Requests.get(url + "/big"), stream)) {
          assertThat(big.code()).isEqualTo(200);
        }
        assertThat(client.send(Requests.get(url + "/small"), Answers.bytes())).hasSize(10);
      }
    }
  }
}
