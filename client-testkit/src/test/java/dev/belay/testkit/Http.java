package dev.belay.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** An ordinary client. */
final class Http {

  private final HttpClient client = HttpClient.newHttpClient();

  HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return send(request(url));
  }

  HttpResponse<String> post(String url, String body) throws IOException, InterruptedException {
    return send(request(url).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(Duration.ofSeconds(20));
  }
}
