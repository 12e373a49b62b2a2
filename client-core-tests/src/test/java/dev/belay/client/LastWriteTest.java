package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NoLeaks
class LastWriteTest {
  @Test
  void a_connection_that_ends_before_the_last_write_on_http2_is_lost() throws IOException {
    Act reset =
        Act.unread(
            turn -> {
              turn.awaitBody();
              turn.forget();
            });
    try (FailingServer server = FailingServer.of(Wire.HTTP_2, reset);
        BelayClient client =
            Wire.HTTP_2.applyTo(BelayClient.builder()).retry(RetryPolicy.none()).build()) {
      Request request = new Request.Builder().url(server.url()).post(new UntilEnd()).build();
      Ending ending = Ending.of(client, request);
      assertThat(ending.failure()).isEqualTo("ConnectionLostException");
      assertThat(ending.outcome()).isEqualTo(Outcome.UNKNOWN);
    }
  }

  /** Comes to its end when the connection has. */
  private static final class UntilEnd extends RequestBody {
    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    @Override
    public void writeTo(BufferedSink sink) {
      try {
        sink.writeUtf8("x").flush();
        while (true) {
          sink.flush();
          Thread.onSpinWait();
        }
      } catch (IOException e) {
        // As awaited; what is written behind it is refused by a connection that is closed.
      }
    }
  }
}
