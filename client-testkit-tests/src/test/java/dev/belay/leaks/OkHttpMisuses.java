package dev.belay.leaks;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.OkHttpLeaks;
import dev.belay.testkit.Relay;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Bare OkHttp with the testkit's listener, which knows the lines that leak. */
@NoLeaks
final class OkHttpMisuses {
  private final OkHttpTestClient client =
      Forgotten.keep(
          new OkHttpTestClient(builder -> builder.eventListenerFactory(OkHttpLeaks.listener())));

  private Call call(String url) {
    return client.client().newCall(OkHttpTestClient.request(url));
  }

  @Test
  void closes_everything(TestServer server) throws IOException {
    call(server.url("/x")).execute().close();
    client.close();
  }

  @Test
  void leaves_a_response_open(TestServer server) throws IOException {
    Forgotten.keep(call(server.url("/x")).execute()); // leak
  }

  @Test
  void leaves_a_response_open_in_another_thread(TestServer server) throws Exception {
    Thread other = new Thread(() -> leak(server), "other");
    other.start();
    other.join();
  }

  private void leak(TestServer server) {
    try {
      Forgotten.keep(call(server.url("/x")).execute()); // leak
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void forgets_a_call(Relay relay) throws InterruptedException {
    relay.to(LongAnswers.port());
    Call call = call(relay.url("/late"));
    Forgotten.keep(call::cancel);
    call.enqueue(Ignored.ANSWER); // leak
    relay.awaitOpenConnections(1, LongAnswers.LIMIT);
  }

  @Test
  void forgets_the_client(TestServer server) throws IOException {
    call(server.url("/x")).execute().close(); // leak
  }

  @Test
  void cancels_and_closes(Relay relay) throws IOException {
    relay.to(LongAnswers.port());
    Call call = call(relay.url("/long"));
    try (Response response = call.execute()) {
      response.code();
      call.cancel();
    }
  }
}
