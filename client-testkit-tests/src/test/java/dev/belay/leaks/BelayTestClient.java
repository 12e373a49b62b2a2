package dev.belay.leaks;

import dev.belay.client.Answers;
import dev.belay.client.BelayClient;
import java.io.Closeable;
import java.io.IOException;
import okhttp3.Request;

/** Our own. */
final class BelayTestClient implements TestClient {
  @SuppressWarnings("MustBeClosed") // by our own close()
  private final BelayClient client = BelayClient.builder().build();

  @Override
  public String get(String url) throws IOException {
    return client.send(request(url), Answers.text());
  }

  @Override
  public Closeable open(String url) throws IOException {
    return client.newCall(request(url)).execute();
  }

  private static Request request(String url) {
    return new Request.Builder().url(url).build();
  }

  @Override
  public void close() {
    client.close();
  }
}
