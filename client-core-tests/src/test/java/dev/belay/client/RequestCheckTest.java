package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NoLeaks
class RequestCheckTest {
  private static final String BAD = "s3cret\r\nInjected: yes";

  private static void expect(TestServer server, Request request, String... words) {
    try (BelayClient client = BelayClient.builder().build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.send(request, Answers.text()))
          .withMessageContainingAll(words)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret", "Injected"))
          .withNoCause();
      assertThat(client.snapshot().holders()).noneMatch(holder -> holder.kind().equals("call"));
      assertThat(server.totalConnections()).isZero();
    }
  }

  private static Headers header(String name, String value) {
    return new Headers.Builder().addUnsafeNonAscii(name, value).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret\nx", "x\rs3cret", "s3\0cret", BAD})
  void a_break_in_a_header_goes_nowhere(String value, TestServer server) {
    Request request = Requests.get(server).newBuilder().headers(header("X-Mine", value)).build();
    expect(server, request, "X-Mine", "index ");
  }

  @Test
  void what_is_not_ascii_but_in_one_line_is_sent(TestServer server) throws IOException {
    Request request = Requests.get(server).newBuilder().headers(header("X-Mine", "é")).build();
    try (BelayClient client = BelayClient.builder().build()) {
      assertThat(client.send(request, Answers.text())).isEqualTo("ok");
    }
  }

  @Test
  void a_break_in_a_part_goes_nowhere(TestServer server) {
    RequestBody good = Requests.body("good");
    MultipartBody inner =
        new MultipartBody.Builder().addPart(good).addPart(header("X-Part", BAD), good).build();
    MultipartBody outer = new MultipartBody.Builder().addPart(good).addPart(inner).build();
    Request.Builder request = Requests.get(server).newBuilder();
    expect(server, request.post(inner).build(), "part 1, header X-Part");
    expect(server, request.post(outer).build(), "part 1.1, header X-Part");
    MediaType type = MediaType.get("text/plain; charset=\"" + BAD + "\"");
    MultipartBody typed =
        new MultipartBody.Builder().addPart(RequestBody.create("x", type)).build();
    expect(server, request.post(typed).build(), "part 0", "content type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\nInjected: s3cret\r\n\r\nGET", "GET s3cret", "GET\0"})
  void a_method_is_one_word(String method, TestServer server) {
    Request request = Requests.get(server).newBuilder().method(method, null).build();
    expect(server, request, "the method", "index 3");
  }

  @Test
  void a_url_names_nobody(TestServer server) {
    String url = server.url("/get").replace("http://", "http://me:s3cret@");
    expect(server, Requests.get(url), "user name");
    expect(server, Requests.get(url.replace(":s3cret", "")), "user name");
  }

  @Test
  void it_is_thrown_where_the_call_is_made(TestServer server) {
    Request request = Requests.get(server).newBuilder().headers(header("X-Mine", BAD)).build();
    Callback never =
        new Callback() {
          @Override
          public void onFailure(Call call, IOException e) {
            throw new AssertionError(e);
          }

          @Override
          public void onResponse(Call call, Response response) {
            throw new AssertionError("answered");
          }
        };
    try (BelayClient client = BelayClient.builder().build()) {
      assertThatIllegalArgumentException().isThrownBy(() -> client.newCall(request).enqueue(never));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.sendAsync(request, Answers.text()));
    }
  }

  @Test
  void an_interceptor_cannot_add_one(TestServer server) {
    try (BelayClient client =
        BelayClient.builder()
            .interceptor(
                chain ->
                    chain.proceed(
                        chain.request().newBuilder().headers(header("X-Mine", BAD)).build()))
            .build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              CallFailedException.class, e -> assertThat(e.attempts()).isEqualTo(1))
          .rootCause()
          .hasMessage(
              "an interceptor made a bad request: header X-Mine has a break in its value,"
                  + " at index 6");
      assertThat(server.totalConnections()).isZero();
    }
  }
}
