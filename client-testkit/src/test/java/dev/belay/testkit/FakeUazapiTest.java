package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.FakeUazapi.Message;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeUazapiTest {

  private static final String HELLO = "{\"number\":\"5500900000003\",\"text\":\"Olá\"}";

  private final FakeUazapi fake = FakeUazapi.builder().token("secret-token").start();
  private final Http client = new Http();

  @AfterEach
  void close() {
    fake.close();
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        Http.request(fake.url() + path)
            .header("token", fake.token())
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(Http.request(fake.url() + path).header("Token", fake.token()));
  }

  @Test
  void messages_are_kept_in_the_order_in_which_they_were_taken() throws Exception {
    post("/send/text", HELLO);
    post(
        "/send/text",
        "{\"number\":\"1@g.us\",\"text\":\"b\",\"track_id\":\"t-1\",\"track_source\":\"shop\"}");
    List<Message> messages = fake.messages();
    assertThat(messages).extracting(Message::text).containsExactly("Olá", "b");
    assertThat(messages).extracting(Message::number).containsExactly("5500900000003", "1@g.us");
    assertThat(messages).extracting(Message::trackId).containsExactly("", "t-1");
    assertThat(messages).extracting(Message::trackSource).containsExactly("", "shop");
    assertThat(messages)
        .allSatisfy(
            message -> {
              assertThat(message.messageId()).matches("3EB0[0-9A-F]{18}");
              assertThat(message.id()).isEqualTo("5500900000001:" + message.messageId());
            });
  }

  @Test
  void a_thousand_messages_from_twenty_threads_have_a_thousand_ids() throws Exception {
    Callable<Void> fifty =
        () -> {
          for (int i = 0; i < 50; i++) {
            assertThat(post("/send/text", HELLO).statusCode()).isEqualTo(200);
          }
          return null;
        };
    Parallel.run(20, fifty);
    assertThat(new HashSet<>(fake.messages())).hasSize(1000);
    assertThat(fake.requests()).isEqualTo(1000);
    assertThat(fake.mostConnections()).isBetween(1, 20);
    assertThat(fake.totalConnections()).isBetween(fake.openConnections(), 1000);
    assertThat(fake.server().failures()).isEmpty();
  }

  @Test
  void ids_differ_even_if_the_random_source_repeats_itself() throws Exception {
    try (FakeUazapi same = FakeUazapi.builder().random(() -> 7).start()) {
      for (int i = 0; i < 2; i++) {
        client.send(
            Http.request(same.url() + "/send/text")
                .header("token", same.token())
                .POST(BodyPublishers.ofString(HELLO)));
      }
      assertThat(same.messages()).extracting(Message::id).doesNotHaveDuplicates().hasSize(2);
    }
  }

  @Test
  void the_same_message_twice_is_two_messages() throws Exception {
    String tracked = "{\"number\":\"1\",\"text\":\"a\",\"track_id\":\"same\"}";
    post("/send/text", tracked);
    post("/send/text", tracked);
    assertThat(fake.messages()).extracting(Message::trackId).containsExactly("same", "same");
  }

  @Test
  void without_the_right_token_nothing_happens() throws Exception {
    HttpResponse<String> missing = client.post(fake.url() + "/send/text", HELLO);
    assertThat(missing.statusCode()).isEqualTo(401);
    assertThat(missing.body()).isEqualTo("{\"error\":\"missing token\"}");
    HttpResponse<String> wrong =
        client.send(Http.request(fake.url() + "/instance/status").header("token", "other"));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).isEqualTo("{\"error\":\"Invalid token\"}");
    assertThat(fake.messages()).isEmpty();
  }

  @Test
  void a_message_without_number_or_text_is_refused() throws Exception {
    List<String> incomplete =
        List.of(
            "",
            "{",
            "[]",
            "{\"text\":\"a\"}",
            "{\"number\":\"1\"}",
            "{\"number\":1,\"text\":\"a\"}",
            "{\"number\":\"1\",\"text\":\" \"}");
    for (String body : incomplete) {
      HttpResponse<String> response = post("/send/text", body);
      assertThat(response.statusCode()).as(body).isEqualTo(400);
      assertThat(response.body()).isEqualTo("{\"error\":\"Missing number or text\"}");
    }
    assertThat(fake.messages()).isEmpty();
  }

  @Test
  void unknown_routes_and_methods_are_refused() throws Exception {
    assertThat(get("/send/text").statusCode()).isEqualTo(405);
    assertThat(post("/instance/status", "{}").statusCode()).isEqualTo(405);
    assertThat(post("/send/nothing", HELLO).statusCode()).isEqualTo(405);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(fake.messages()).isEmpty();
  }

  @Test
  void only_a_connected_instance_takes_messages() throws Exception {
    for (String state : List.of("disconnected", "hibernated", "connecting", "unknown")) {
      fake.instanceState(state);
      HttpResponse<String> response = post("/send/text", HELLO);
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body())
          .isEqualTo("{\"error\":true,\"message\":\"WhatsApp disconnected\"}");
    }
    fake.instanceState("connected");
    assertThat(post("/send/text", HELLO).statusCode()).isEqualTo(200);
    assertThat(fake.messages()).hasSize(1);
  }

  @Test
  void a_scripted_failure_lasts_for_its_requests_and_takes_nothing() throws Exception {
    fake.failNext(
        2, Answer.of(429, "{\"error\":\"Rate limit exceeded\"}").header("Retry-After", "1"));
    assertThat(post("/send/text", HELLO).statusCode()).isEqualTo(429);
    assertThat(get("/instance/status").headers().firstValue("retry-after")).contains("1");
    assertThat(post("/send/text", HELLO).statusCode()).isEqualTo(200);
    assertThat(fake.messages()).hasSize(1);
  }

  @Test
  void hanging_up_can_come_before_or_after_taking_the_message() throws Exception {
    fake.failNext(1, Answer.hangUp());
    fake.failNextAfterTaking(1, Answer.hangUp());
    try (RawClient before = new RawClient(fake.server())) {
      assertThat(before.send(rawSend()).readToEnd()).isEmpty();
    }
    assertThat(fake.messages()).isEmpty();
    try (RawClient after = new RawClient(fake.server())) {
      assertThat(after.send(rawSend()).readToEnd()).isEmpty();
    }
    assertThat(fake.messages()).hasSize(1);
  }

  private String rawSend() {
    String head = "POST /send/text HTTP/1.1\r\ntoken: " + fake.token() + "\r\n";
    String body = "{\"number\":\"1\",\"text\":\"a\"}";
    return head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  @Test
  void a_client_that_gives_up_waiting_has_sent_its_message() throws Exception {
    fake.answerAfter(Duration.ofHours(1), Duration.ofHours(1));
    try (RawClient impatient = new RawClient(fake.server())) {
      impatient.send(rawSend());
    }
    fake.awaitMessages(1, Duration.ofSeconds(20));
    assertThat(fake.messages()).hasSize(1);
  }

  @Test
  void waiting_in_vain_for_messages_lists_them() throws Exception {
    post("/send/text", HELLO);
    assertThatThrownBy(() -> fake.awaitMessages(2, Duration.ofMillis(10)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("at least 2 messages within PT0.01S")
        .hasMessageContaining("5500900000003");
  }

  @Test
  void answers_take_a_time_within_the_range() throws Exception {
    fake.answerAfter(Duration.ofMillis(30), Duration.ofMillis(40));
    get("/instance/status");
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      get("/instance/status");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(30), Duration.ofSeconds(5));
    }
  }

  @Test
  void the_token_is_in_no_text() {
    assertThat(fake).asString().doesNotContain("secret-token").contains("***", fake.url());
    assertThat(FakeUazapi.builder().token("secret-token"))
        .asString()
        .doesNotContain("secret-token")
        .contains("***");
  }

  @Test
  void settings_that_make_no_sense_are_refused() {
    Duration one = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fake.answerAfter(one, Duration.ZERO))
        .withMessageContaining("PT1S to PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FakeUazapi.builder().answersWithin(one.negated(), one));
    assertThatIllegalArgumentException().isThrownBy(() -> FakeUazapi.builder().token(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> fake.instanceState(""));
    assertThatIllegalArgumentException().isThrownBy(() -> fake.failNext(0, Answer.hangUp()));
  }
}
