package dev.belay.leaks;

import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpClient;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Spring's {@code RestClient} on a client of somebody else, which it does not close. */
final class SpringClient implements TestClient {
  private final RestClient client;
  private final Closeable closer;

  private SpringClient(ClientHttpRequestFactory factory, Closeable closer) {
    this.client = RestClient.builder().requestFactory(factory).build();
    this.closer = closer;
  }

  static SpringClient onJdk() {
    HttpClient jdk = HttpClient.newHttpClient();
    return new SpringClient(new JdkClientHttpRequestFactory(jdk), () -> JdkClient.close(jdk));
  }

  static SpringClient onApache() {
    HttpComponentsClientHttpRequestFactory factory = new HttpComponentsClientHttpRequestFactory();
    return new SpringClient(factory, () -> destroy(factory));
  }

  private static void destroy(HttpComponentsClientHttpRequestFactory factory) throws IOException {
    try {
      factory.destroy();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public String get(String url) {
    return client.get().uri(url).retrieve().body(String.class);
  }

  @Override
  public Closeable open(String url) {
    return client.get().uri(url).exchange((request, response) -> response, false);
  }

  @Override
  public void close() throws IOException {
    closer.close();
  }
}
