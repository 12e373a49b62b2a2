package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NoLeaks
class RedirectTest {
  private static Answer to(String place, int status) {
    return Answer.of(status, "moved").header("Location", place);
  }

  @ParameterizedTest
  @CsvSource({
    "301,GET,GET",
    "302,GET,GET",
    "303,GET,GET",
    "307,GET,GET",
    "308,GET,GET",
    "301,POST,GET",
    "302,POST,GET",
    "303,POST,GET",
    "301,PUT,PUT",
    "302,PUT,PUT",
    "303,PUT,GET",
    "307,PUT,PUT",
    "308,PUT,PUT",
    "303,HEAD,HEAD",
    "301,DELETE,DELETE",
    "303,DELETE,GET"
  })
  void it_is_followed_within_its_origin(int status, String method, String then) throws IOException {
    List<String> methods = new CopyOnWriteArrayList<>();
    try (TestServer server =
            TestServer.start(
                r -> {
                  methods.add(r.method());
                  return r.path().equals("/new") ? Answer.of(200, r.body()) : to("/new", status);
                });
        BelayClient client = BelayClient.builder().build()) {
      boolean body = method.startsWith("P");
      Request request =
          new Request.Builder()
              .url(server.url("/old"))
              .method(method, body ? Requests.body("hello") : null)
              .build();
      String text = client.send(request, Answers.text());
      assertThat(text).isEqualTo(then.equals(method) && body ? "hello" : "");
      assertThat(methods).containsExactly(method, then);
      assertThat(server.totalConnections()).isEqualTo(1);
    }
  }

  @Test
  void a_post_goes_again_only_if_it_may() throws IOException {
    try (TestServer server =
            TestServer.start(
                r -> r.path().equals("/new") ? Answer.of(200, r.body()) : to("/new", 307));
        BelayClient client = BelayClient.builder().build()) {
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.text()))
          .isInstanceOf(RedirectRefusedException.class);
      assertThat(server.requests()).isEqualTo(1);
      CallOptions again = CallOptions.defaults().idempotent();
      assertThat(client.send(Requests.post(server), Answers.text(), again)).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void a_call_follows_only_so_many(int more) {
    int limit = 3;
    try (TestServer server =
            TestServer.start(
                r -> {
                  int hop = Integer.parseInt(r.path().substring(1));
                  return hop == 0 ? Answer.of(200) : to("/" + (hop - 1), 302);
                });
        BelayClient client =
            BelayClient.builder().redirects(RedirectPolicy.sameOrigin().atMost(limit)).build()) {
      Request request = Requests.get(server.url("/" + (limit + more)));
      if (more <= 0) {
        org.assertj.core.api.Assertions.assertThatCode(
                () -> client.send(request, Answers.discard()))
            .doesNotThrowAnyException();
      } else {
        assertThatThrownBy(() -> client.send(request, Answers.discard()))
            .isInstanceOfSatisfying(
                RedirectRefusedException.class, e -> assertThat(e.attempts()).isEqualTo(limit + 1))
            .hasMessageContaining("more than 3 times");
      }
    }
  }

  @Test
  void all_of_them_share_one_deadline() {
    try (TestServer server =
            TestServer.start(r -> to("/again", 307).after(Duration.ofMillis(100)));
        BelayClient client =
            BelayClient.builder()
                .redirects(RedirectPolicy.sameOrigin().atMost(1_000))
                .deadline(Duration.ofMillis(500))
                .build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.discard()))
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(server.requests()).isBetween(2, 6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/", "http://", "mailto:a", "//"})
  void a_place_that_is_none_is_refused(String place) {
    refused(place, 302, "not one http or https URL");
  }

  @Test
  void a_user_name_in_the_place_is_refused() {
    refused("//somebody@localhost/", 302, "user name");
    refused("//:secret@localhost/", 302, "user name");
  }

  private static void refused(String place, int status, String why) {
    try (TestServer server = TestServer.start(r -> to(place, status));
        BelayClient client = BelayClient.builder().redirects(RedirectPolicy.anyOrigin()).build()) {
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.discard()))
          .isInstanceOf(RedirectRefusedException.class)
          .hasMessageContaining(why);
      assertThat(server.requests()).isEqualTo(1);
      assertThat(client.snapshot().leased()).isZero();
    }
  }

  @Test
  void without_a_place_or_a_policy_it_is_an_answer() throws IOException {
    try (TestServer server =
            TestServer.start(r -> r.path().equals("/none") ? Answer.of(302) : to("/x", 302));
        BelayClient client = BelayClient.builder().build();
        BelayClient none = BelayClient.builder().redirects(RedirectPolicy.none()).build()) {
      Request nowhere = Requests.get(server.url("/none"));
      assertThat(client.<Integer>send(nowhere, r -> r.code())).isEqualTo(302);
      assertThat(none.<Integer>send(Requests.get(server), r -> r.code())).isEqualTo(302);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void a_304_is_no_redirect(TestServer server) throws IOException {
    try (TestServer cached = TestServer.start(r -> Answer.of(304).header("Location", "/x"));
        BelayClient client = BelayClient.builder().build()) {
      assertThat(client.<Integer>send(Requests.get(cached), r -> r.code())).isEqualTo(304);
    }
  }
}
