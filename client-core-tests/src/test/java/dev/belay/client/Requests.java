package dev.belay.client;

import dev.belay.testkit.TestServer;
import okhttp3.Request;
import okhttp3.RequestBody;

/** The requests that most tests send. */
final class Requests {
  private Requests() {}

  static Request get(TestServer server) {
    return get(server.url("/get"));
  }

  static Request get(String url) {
    return new Request.Builder().url(url).build();
  }

  static Request post(TestServer server) {
    return new Request.Builder().url(server.url("/post")).post(body("hello")).build();
  }

  static RequestBody body(String text) {
    return RequestBody.create(text, null);
  }
}
