package dev.belay.leaks;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** {@code java.net.http}, which cannot be closed before JDK 21. */
final class JdkClient implements TestClient {
  private final HttpClient client = HttpClient.newHttpClient();

  HttpClient client() {
    return client;
  }

  static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).build();
  }

  @Override
  public String get(String url) throws IOException, InterruptedException {
    return client.send(request(url), BodyHandlers.ofString()).body();
  }

  @Override
  public Closeable open(String url) throws IOException, InterruptedException {
    return client.send(request(url), BodyHandlers.ofInputStream()).body();
  }

  @Override
  public void close() throws IOException {
    close(client);
  }

  /** A close by itself waits, for ever if the connection of an unread answer was cut. */
  static void close(HttpClient client) throws IOException {
    if (client instanceof AutoCloseable closeable) {
      try {
        HttpClient.class.getMethod("shutdownNow").invoke(client);
        closeable.close();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
