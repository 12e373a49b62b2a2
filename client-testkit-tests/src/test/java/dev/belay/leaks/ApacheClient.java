package dev.belay.leaks;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient 5. */
final class ApacheClient implements TestClient {
  private final CloseableHttpClient client = HttpClients.createDefault();

  @Override
  public String get(String url) throws IOException {
    return client.execute(new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
  }

  @Override
  public Closeable open(String url) throws IOException {
    HttpGet request = new HttpGet(url);
    HttpHost host = new HttpHost(request.getScheme(), request.getAuthority());
    return client.executeOpen(host, request, null);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
