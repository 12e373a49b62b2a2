package dev.belay.leaks;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code HttpURLConnection}: has no client to close, only requests to disconnect. */
final class UrlConnectionClient implements TestClient {
  private final List<HttpURLConnection> made = new CopyOnWriteArrayList<>();

  @Override
  public String get(String url) throws IOException {
    // Once its body is closed, a request no longer knows its connection and disconnects nothing.
    @SuppressWarnings("resource")
    InputStream body = connect(url).getInputStream();
    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public Closeable open(String url) throws IOException {
    return Forgotten.keep(connect(url).getInputStream());
  }

  private HttpURLConnection connect(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    made.add(connection);
    return connection;
  }

  @Override
  public void close() {
    made.forEach(HttpURLConnection::disconnect);
  }
}
