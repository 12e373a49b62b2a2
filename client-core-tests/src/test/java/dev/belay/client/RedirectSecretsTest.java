package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.Received;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call has told its server before it was sent on goes to nobody else. */
@NoLeaks
class RedirectSecretsTest {
  private static final String SECRET = "abad1dea5ec7e7";

  private static Answer to(String place) {
    return Answer.of(302).header("Location", place);
  }

  @Test
  void a_secret_of_an_earlier_hop_does_not_leave_with_a_later_one(TestServer other) {
    try (TestServer server =
            TestServer.start(
                r -> r.path().equals("/two") ? to(other.url("/?x=" + SECRET)) : to("/two"));
        BelayClient client = BelayClient.builder().redirects(RedirectPolicy.anyOrigin()).build()) {
      Request request = Requests.get(server.url("/one?token=" + SECRET));
      assertThatThrownBy(() -> client.send(request, Answers.discard()))
          .isInstanceOf(RedirectRefusedException.class)
          .hasMessageContaining("repeats");
      assertThat(other.totalConnections()).isZero();
    }
  }

  @Test
  void a_secret_of_an_earlier_hop_is_in_no_text_of_a_later_one() {
    try (TestServer server =
            TestServer.start(
                r ->
                    r.path().equals("/one")
                        ? to("/two/" + SECRET)
                        : Answer.of(400, "no " + SECRET));
        BelayClient client = BelayClient.builder().build()) {
      Request request = Requests.get(server.url("/one?token=" + SECRET));
      assertThatThrownBy(() -> client.send(request, Answers.text()))
          .isInstanceOfSatisfying(
              UnexpectedStatusException.class, e -> assertThat(e.body()).isEqualTo("no ***"))
          .hasMessageNotContaining(SECRET);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/?x=k%7Ee%21y%2A0123", "/?x=%6B%7Ee!y*0123", "/k%7Ee%21y%2A0123"})
  void a_secret_does_not_leave_in_other_letters(String place, TestServer other) {
    try (TestServer server = TestServer.start(r -> to(other.url(place)));
        BelayClient client =
            BelayClient.builder()
                .redirects(RedirectPolicy.anyOrigin())
                .secretQueryParameter("key", "k~e!y*0123")
                .build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.discard()))
          .isInstanceOf(RedirectRefusedException.class)
          .hasMessageContaining("repeats");
      assertThat(other.totalConnections()).isZero();
    }
  }

  @Test
  void a_header_that_repeats_a_secret_stays_behind() throws IOException {
    List<Received> there = new CopyOnWriteArrayList<>();
    try (TestServer other =
            TestServer.start(
                r -> {
                  there.add(r);
                  return Answer.of(200);
                });
        TestServer server = TestServer.start(r -> to(other.url("/")));
        BelayClient client =
            BelayClient.builder()
                .redirects(RedirectPolicy.anyOrigin())
                .secretHeader("X-Vault", SECRET)
                .build()) {
      Request request =
          Requests.get(server.url("/?token=second-" + SECRET))
              .newBuilder()
              .header("Referer", server.url("/?token=second-" + SECRET))
              .header("X-Key", "v1 " + SECRET)
              .header("Accept", "text/plain")
              .build();
      client.send(request, Answers.discard());
      assertThat(there.get(0).headers().toString()).doesNotContain(SECRET).contains("text/plain");
    }
  }
}
