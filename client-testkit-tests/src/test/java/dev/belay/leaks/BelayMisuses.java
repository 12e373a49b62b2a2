package dev.belay.leaks;

import dev.belay.client.Answers;
import dev.belay.client.BelayClient;
import dev.belay.client.BoundedPool;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.Relay;
import dev.belay.testkit.TestServer;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What can be left open of Belay itself. Each line that leaks says so, for the reports to name. */
@NoLeaks
@SuppressWarnings("MustBeClosed") // the compiler sees these leaks, too
final class BelayMisuses {
  private static final BelayClient SHARED = BelayClient.builder().name("shared").build();

  static Request get(String url) {
    return new Request.Builder().url(url).build();
  }

  @AfterAll
  static void close_the_shared_client() {
    SHARED.close();
  }

  @Test
  void closes_everything(TestServer server) throws IOException {
    try (BelayClient client = BelayClient.builder().build();
        Response response = client.open(get(server.url("/x")))) {
      response.body().string();
    }
  }

  @Test
  void uses_a_client_that_was_there_before(TestServer server) throws IOException {
    SHARED.send(get(server.url("/x")), Answers.text());
  }

  @Test
  void leaves_a_response_open(TestServer server) throws IOException {
    Forgotten.keep(SHARED.open(get(server.url("/x")))); // leak
  }

  @Test
  void forgets_the_client(TestServer server) throws IOException {
    BelayClient client = Forgotten.keep(BelayClient.builder().build()); // leak
    client.send(get(server.url("/x")), Answers.text());
  }

  @Test
  void forgets_a_client_that_sent_nothing() {
    Forgotten.keep(BelayClient.builder().build()); // leak
  }

  @Test
  void forgets_the_pool(TestServer server) throws IOException {
    BoundedPool pool = Forgotten.keep(BoundedPool.builder().build()); // leak
    try (BelayClient client = BelayClient.builder(pool).build()) {
      client.send(get(server.url("/x")), Answers.text());
    }
  }

  @Test
  void forgets_the_scope(TestServer server) throws IOException {
    var scope = Forgotten.keep(SHARED.openScope("forgotten")); // leak
    scope.send(get(server.url("/x")), Answers.text());
  }

  @Test
  void forgets_a_call(Relay relay) {
    relay.to(LongAnswers.port());
    var call = SHARED.newCall(get(relay.url("/late")));
    Forgotten.keep((Closeable) call::cancel);
    call.enqueue(Ignored.ANSWER); // leak
  }

  @Test
  void forgets_a_future(Relay relay) {
    relay.to(LongAnswers.port());
    CompletableFuture<String> future =
        SHARED.sendAsync(get(relay.url("/late")), Answers.text()); // leak
    Forgotten.keep((Closeable) () -> future.cancel(true));
  }

  @Test
  void leaves_a_response_open_in_another_thread(TestServer server) throws Exception {
    Thread other = new Thread(() -> leak(server), "other");
    other.start();
    other.join();
  }

  private static void leak(TestServer server) {
    try {
      Forgotten.keep(SHARED.open(get(server.url("/x")))); // leak
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void leaves_a_response_open_behind_a_relay(Relay relay) throws IOException {
    relay.to(LongAnswers.port());
    Forgotten.keep(SHARED.open(get(relay.url("/long")))); // leak
  }

  @Test
  void fails_before_it_closes_the_response(TestServer server) throws IOException {
    Response response = Forgotten.keep(SHARED.open(get(server.url("/x")))); // leak
    throw new IllegalStateException("its own failure after " + response.code());
  }
}
