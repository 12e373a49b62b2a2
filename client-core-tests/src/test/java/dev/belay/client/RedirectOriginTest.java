package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.Received;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves an origin, which is another scheme, host or port, and what never does. */
@NoLeaks
class RedirectOriginTest {
  private static final String SECRET = "abad1dea5ec7e7";

  private static TestServer redirectingTo(TestServer other, int status) {
    return TestServer.start(r -> Answer.of(status).header("Location", other.url("/taken")));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void another_port_is_another_origin(int status, TestServer other) {
    try (TestServer server = redirectingTo(other, status);
        BelayClient client = BelayClient.builder().build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.discard()))
          .isInstanceOf(RedirectRefusedException.class)
          .hasMessageContaining("leave its origin");
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.discard()))
          .isInstanceOf(RedirectRefusedException.class);
      assertThat(other.totalConnections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE"})
  void secrets_stay_on_their_origin(String method) throws IOException {
    List<Received> there = new CopyOnWriteArrayList<>();
    try (TestServer other =
            TestServer.start(
                r -> {
                  there.add(r);
                  return Answer.of(200);
                });
        TestServer server = redirectingTo(other, 303);
        BelayClient client =
            BelayClient.builder()
                .redirects(RedirectPolicy.anyOrigin())
                .secretHeader("X-Vault", SECRET)
                .authentication(rejected -> "Bearer " + SECRET)
                .header("User-Agent", "billing/3")
                .build()) {
      Request.Builder request = new Request.Builder().url(server.url("/"));
      Map.of("token", SECRET, "Cookie", SECRET, "X-Api-Key", SECRET).forEach(request::header);
      request.method(method, method.startsWith("P") ? Requests.body(SECRET) : null);
      client.send(request.build(), Answers.discard());
      Received received = there.get(0);
      assertThat(received.headers().toString()).doesNotContain(SECRET);
      assertThat(received.query()).isNull();
      assertThat(received.text()).isEmpty();
      assertThat(received.header("User-Agent")).isEqualTo("billing/3");
    }
  }

  @Test
  void what_was_left_behind_stays_there_when_the_call_comes_back() throws IOException {
    TestServer[] first = new TestServer[1];
    try (TestServer other =
            TestServer.start(r -> Answer.of(302).header("Location", first[0].url("/back")));
        TestServer server =
            TestServer.start(
                r ->
                    r.path().equals("/back")
                        ? Answer.of(200, r.header("token") == null ? "none" : "sent")
                        : Answer.of(302).header("Location", other.url("/")));
        BelayClient client =
            BelayClient.builder()
                .redirects(RedirectPolicy.anyOrigin())
                .secretHeader("token", SECRET)
                .build()) {
      first[0] = server;
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("none");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void a_body_stays_on_its_origin(int status, TestServer other) {
    try (TestServer server = redirectingTo(other, status);
        BelayClient client = BelayClient.builder().redirects(RedirectPolicy.anyOrigin()).build()) {
      CallOptions again = CallOptions.defaults().idempotent();
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.discard(), again))
          .isInstanceOfSatisfying(
              RedirectRefusedException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.REJECTED))
          .hasMessageContaining("body");
      assertThat(other.totalConnections()).isZero();
    }
  }

  @Test
  void a_place_that_repeats_a_secret_is_refused(TestServer other) {
    String place = other.url("/?t=" + SECRET);
    try (TestServer server = TestServer.start(r -> Answer.of(302).header("Location", place));
        BelayClient client =
            BelayClient.builder()
                .redirects(RedirectPolicy.anyOrigin())
                .secretQueryParameter("token", SECRET)
                .build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.discard()))
          .isInstanceOf(RedirectRefusedException.class)
          .hasMessageContaining("repeats")
          .hasMessageNotContaining(SECRET);
      assertThat(other.totalConnections()).isZero();
    }
  }

  @Test
  void nothing_goes_on_unencrypted(TestServer other) throws IOException {
    try (MockWebServer server = new MockWebServer();
        BelayClient client =
            Wire.TLS.applyTo(BelayClient.builder()).redirects(RedirectPolicy.anyOrigin()).build()) {
      server.useHttps(Wire.sockets());
      server.start(InetAddress.getLoopbackAddress(), 0);
      server.enqueue(
          new MockResponse.Builder().code(302).addHeader("Location", other.url("/")).build());
      String url = "https://127.0.0.1:" + server.getPort();
      assertThatThrownBy(() -> client.send(Requests.get(url), Answers.discard()))
          .isInstanceOf(RedirectRefusedException.class)
          .hasMessageContaining("unencrypted");
      assertThat(other.totalConnections()).isZero();
    }
  }

  @Test
  void a_place_that_cannot_be_reached_fails_the_call_with_what_was_done_before() {
    try (TestServer server =
            TestServer.start(r -> Answer.of(303).header("Location", "http://127.0.0.1:1/"));
        BelayClient client =
            BelayClient.builder()
                .redirects(RedirectPolicy.anyOrigin())
                .retry(RetryPolicy.none())
                .build()) {
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.discard()))
          .isInstanceOfSatisfying(
              ConnectFailedException.class,
              e -> {
                assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
                assertThat(e.attempts()).isEqualTo(2);
              });
    }
  }
}
