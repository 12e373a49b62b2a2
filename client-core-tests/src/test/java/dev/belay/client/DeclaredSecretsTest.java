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
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class DeclaredSecretsTest {
  private static final String TOKEN = "t0ken+with/signs=";

  /** What users' code was shown, as text. */
  private final List<String> seen = new CopyOnWriteArrayList<>();

  private Response print(Interceptor.Chain chain) throws IOException {
    seen.add(chain.request() + " " + chain.request().headers());
    Response answer = chain.proceed(chain.request());
    seen.add(answer + " " + answer.request() + " " + answer.networkResponse());
    return answer;
  }

  private final EventListener printing =
      new EventListener() {
        @Override
        public void requestHeadersEnd(Call call, Request request) {
          seen.add("sent " + request);
        }

        @Override
        public void responseHeadersEnd(Call call, Response response) {
          seen.add("got " + response + " to " + response.request());
        }
      };

  private final List<Received> received = new CopyOnWriteArrayList<>();

  private Answer echo(Received request) {
    received.add(request);
    return Answer.of(200, request.path() + "?" + request.query());
  }

  private Answer notFound(Received request) {
    received.add(request);
    return Answer.of(404);
  }

  private BelayClientBuilder printingClient() {
    return BelayClient.builder().interceptor(this::print).eventListener(call -> printing);
  }

  @Test
  void they_are_sent_and_shown_to_nobody_above() throws IOException {
    try (TestServer server = TestServer.start(this::echo);
        BelayClient client =
            printingClient()
                .secretHeader("X-Mine", TOKEN)
                .secretQueryParameter("key", TOKEN)
                .authentication(rejected -> "Bearer " + TOKEN)
                .build()) {
      Request request = Requests.get(server.url("/get?a=b"));
      try (Response answer = client.open(request)) {
        assertThat(answer.body().string()).isEqualTo("/get?a=b&key=t0ken%2Bwith%2Fsigns%3D");
        seen.add(answer + " " + answer.request() + " " + answer.networkResponse());
        assertThat(answer.request().url()).isEqualTo(request.url());
      }
      Received sent = received.get(0);
      assertThat(sent.header("X-Mine")).isEqualTo(TOKEN);
      assertThat(sent.header("Authorization")).isEqualTo("Bearer " + TOKEN);
      assertThat(seen).hasSize(5).allSatisfy(this::isClean);
      isClean(client.toString());
      assertThat(client.toString()).contains("X-Mine=***", "[key]");
    }
  }

  private void isClean(String text) {
    assertThat(text).doesNotContain("t0ken", "X-Mine: ", "Authorization", "key=");
  }

  @Test
  void a_request_keeps_its_own() throws IOException {
    try (TestServer server = TestServer.start(this::echo);
        BelayClient client =
            BelayClient.builder()
                .secretHeader("X-Mine", TOKEN)
                .secretQueryParameter("key", TOKEN)
                .authentication(rejected -> "Bearer " + TOKEN)
                .build()) {
      Request own =
          Requests.get(server.url("/get?key=own"))
              .newBuilder()
              .header("x-mine", "own")
              .header("authorization", "own")
              .build();
      assertThat(client.send(own, Answers.text())).isEqualTo("/get?key=own");
      assertThat(received.get(0).header("X-Mine")).isEqualTo("own");
      assertThat(received.get(0).header("Authorization")).isEqualTo("own");
    }
  }

  @Test
  void an_interceptor_takes_none_to_another_origin(TestServer server) throws IOException {
    try (TestServer elsewhere = TestServer.start(this::echo);
        BelayClient client =
            BelayClient.builder()
                .secretHeader("X-Mine", TOKEN)
                .secretQueryParameter("key", TOKEN)
                .authentication(rejected -> "Bearer " + TOKEN)
                .interceptor(chain -> chain.proceed(Requests.get(elsewhere)))
                .build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("/get?null");
      assertThat(received.get(0).headers().keySet())
          .noneMatch(name -> name.equalsIgnoreCase("X-Mine"))
          .noneMatch(name -> name.equalsIgnoreCase("Authorization"));
    }
  }

  @Test
  void one_that_the_server_repeats_is_in_no_reason_and_no_error_body() throws IOException {
    byte[] echo =
        ("HTTP/1.1 400 no "
                + TOKEN
                + "\r\nContent-Length: 40\r\n\r\n{\"a\":\"t0ken+with\\/signs=\"}")
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    try (TestServer server = TestServer.start(r -> Answer.raw(echo).closeAfter());
        BelayClient client = printingClient().secretHeader("token", TOKEN).build()) {
      assertThat(client.<String>send(Requests.get(server), r -> r.message())).isEqualTo("no ***");
      assertThat(seen).allSatisfy(this::isClean);
    }
    String body = "{\"a\":\"t0ken+with\\/signs=\"}";
    try (TestServer server = TestServer.start(r -> Answer.of(400, body));
        BelayClient client = printingClient().secretHeader("token", TOKEN).build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              UnexpectedStatusException.class,
              e -> assertThat(e.body()).isEqualTo("{\"a\":\"***\"}"));
    }
  }

  @Test
  void one_that_is_part_of_a_path_is_in_no_text() throws IOException {
    try (TestServer server = TestServer.start(this::notFound);
        BelayClient client = BelayClient.builder().secret(TOKEN).build()) {
      Request request = new Request.Builder().url(server.url("/bot" + TOKEN + "/send?x=1")).build();
      assertThatThrownBy(() -> client.send(request, Answers.text()))
          .hasMessageContaining("/bot***/send");
      try (Response answer = client.open(request)) {
        assertThat(answer.toString()).contains("/bot***/send?x=1").doesNotContain("t0ken");
        assertThat(String.valueOf(answer.networkResponse())).doesNotContain("t0ken");
      }
      assertThat(received).hasSize(2).allSatisfy(r -> assertThat(r.path()).contains(TOKEN));
    }
  }

  @Test
  void a_header_that_is_known_to_be_secret_counts_for_its_call() throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(400, r.header("X-Api-Key")));
        BelayClient client = BelayClient.builder().build()) {
      Request request =
          Requests.get(server).newBuilder().header("x-api-key", "abc" + TOKEN).build();
      assertThatThrownBy(() -> client.send(request, Answers.text()))
          .isInstanceOfSatisfying(
              UnexpectedStatusException.class, e -> assertThat(e.body()).isEqualTo("***"));
    }
  }

  @Test
  void a_parameter_that_is_known_to_be_secret_is_not_printed(TestServer server) throws IOException {
    try (BelayClient client = BelayClient.builder().eventListener(call -> printing).build();
        Response answer = client.open(Requests.get(server.url("/get?a=b&token=" + TOKEN)))) {
      seen.add(answer + " " + answer.request() + " " + answer.networkResponse());
      assertThat(seen)
          .hasSize(3)
          .allSatisfy(text -> assertThat(text).contains("?a=b&token=***"))
          .allSatisfy(this::isClean);
    }
  }

  @Test
  void an_error_body_that_is_cut_ends_within_none() throws IOException {
    String body = "x".repeat(64 * 1024 - 5) + TOKEN;
    try (TestServer server = TestServer.start(r -> Answer.of(400, body));
        BelayClient client = BelayClient.builder().secret(TOKEN).build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              UnexpectedStatusException.class,
              e -> assertThat(e.body()).hasSize(64 * 1024 - 2).endsWith("xx***"));
    }
  }
}
