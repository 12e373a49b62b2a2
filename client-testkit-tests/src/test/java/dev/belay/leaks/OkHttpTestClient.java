package dev.belay.leaks;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Bare OkHttp, closed by the recipe of its documentation. */
final class OkHttpTestClient implements TestClient {
  private final OkHttpClient client;

  OkHttpTestClient(UnaryOperator<OkHttpClient.Builder> setting) {
    client = setting.apply(new OkHttpClient.Builder()).build();
  }

  OkHttpClient client() {
    return client;
  }

  static Request request(String url) {
    return new Request.Builder().url(url).build();
  }

  @Override
  public String get(String url) throws IOException {
    try (Response response = client.newCall(request(url)).execute()) {
      return response.body().string();
    }
  }

  @Override
  public Closeable open(String url) throws IOException {
    return client.newCall(request(url)).execute();
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
