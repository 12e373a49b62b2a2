package dev.belay.uazapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.FakeUazapi;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.Received;
import dev.belay.testkit.TestServer;
import dev.belay.uazapi.SendResult.Accepted;
import dev.belay.uazapi.SendTextOptions.LinkPreview;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@NoLeaks
class SendTextTest {

  @Test
  void a_text_goes_out_as_documented() {
    Received request = sent("Olá, {{name}}!", options -> options.trackId("order-42"));
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/uaz/send/text");
    assertThat(request.query()).isNull();
    assertThat(request.header("token")).isEqualTo(Samples.TOKEN);
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.text())
        .isEqualTo(
            "{\"number\":\"5500900000003\",\"text\":\"Olá, {{name}}!\","
                + "\"track_source\":\"belay\",\"track_id\":\"order-42\"}");
  }

  @Test
  void every_option_goes_out_under_its_name() {
    Received request =
        sent(
            "hi",
            options ->
                options
                    .trackId("order-42")
                    .trackSource("shop")
                    .delay(Duration.ofMillis(1))
                    .replyTo("5500900000001:3EB01")
                    .mentions("5500900000004", "5500900000005")
                    .readChat(true)
                    .readMessages(false)
                    .async(true)
                    .forward(true)
                    .linkPreview(new LinkPreview("T", "", "https://x.invalid/i.jpg", true)));
    assertThat(request.text())
        .isEqualTo(
            "{\"number\":\"5500900000003\",\"text\":\"hi\",\"delay\":1,\"replyid\":\"3EB01\","
                + "\"mentions\":\"5500900000004,5500900000005\",\"readchat\":true,"
                + "\"readmessages\":false,\"async\":true,\"forward\":true,\"linkPreview\":true,"
                + "\"linkPreviewTitle\":\"T\",\"linkPreviewImage\":\"https://x.invalid/i.jpg\","
                + "\"linkPreviewLarge\":true,\"track_source\":\"shop\",\"track_id\":\"order-42\"}");
  }

  private static Received sent(String text, Consumer<SendTextOptions> options) {
    AtomicReference<Received> seen = new AtomicReference<>();
    try (TestServer server =
            TestServer.start(
                request -> {
                  seen.set(request);
                  return Answer.of(200, Samples.read("send/send-text.response.json"));
                });
        UazapiClient client = UazapiClient.builder(server.url("/uaz/"), Samples.TOKEN).build()) {
      assertThat(client.send().text(Samples.NUMBER, text, options).accepted()).isTrue();
    }
    return seen.get();
  }

  @Test
  void an_accepted_message_has_its_ids() throws Exception {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build()) {
      SendResult result = client.send().text(Samples.NUMBER, "hi", o -> o.trackId("order-42"));
      FakeUazapi.Message taken = fake.messages().get(0);
      assertThat(result)
          .isEqualTo(
              new Accepted(new MessageId(taken.id()), taken.messageId(), "Pending", "order-42"));
      assertThat(result.orThrow().id().bare()).isEqualTo(taken.messageId());
      assertThat(result.safeToResend()).isFalse();
      assertThat(taken.trackId()).isEqualTo("order-42");
      assertThat(taken.trackSource()).isEqualTo("belay");
    }
  }

  @Test
  void a_queued_message_says_so() {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build()) {
      SendResult result = client.send().text(Samples.NUMBER, "hi", options -> options.async(true));
      assertThat(result)
          .isInstanceOfSatisfying(
              Accepted.class, accepted -> assertThat(accepted.queued()).isTrue());
    }
  }

  @Test
  void every_message_gets_a_track_id_of_its_own() {
    Set<String> ids = new HashSet<>();
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client =
            UazapiClient.builder(fake.url(), fake.token()).trackSource("shop").build()) {
      for (int i = 0; i < 20; i++) {
        ids.add(client.send().text(Samples.NUMBER, "hi").trackId());
      }
      assertThat(ids).hasSize(20).allSatisfy(id -> assertThat(UUID.fromString(id)).isNotNull());
      assertThat(fake.messages())
          .allSatisfy(message -> assertThat(message.trackSource()).isEqualTo("shop"))
          .extracting(FakeUazapi.Message::trackId)
          .containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\n"})
  void nothing_is_sent_without_number_text_or_track_id(String missing) {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build()) {
      assertThatThrownBy(() -> client.send().text(missing, "hi"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("number must not be");
      assertThatThrownBy(() -> client.send().text(Samples.NUMBER, missing))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("text must not be");
      assertThatThrownBy(() -> client.send().text(Samples.NUMBER, "hi", o -> o.trackId(missing)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("trackId must not be");
      assertThat(fake.requests()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"PT-0.001S", "PT5M0.001S"})
  void a_delay_outside_its_range_is_refused(Duration delay) {
    SendTextOptions options = new SendTextOptions("belay");
    assertThatThrownBy(() -> options.delay(delay))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("delay must be between zero and PT5M, but is " + delay);
  }

  @Test
  void mentions_are_one_number_each() {
    SendTextOptions options = new SendTextOptions("belay");
    assertThatThrownBy(() -> options.mentions("1,2")).hasMessageContaining("without commas");
    assertThatThrownBy(options::mentions).hasMessageContaining("at least 1, but is 0");
    assertThat(options.mentionAll().fields()).containsEntry("mentions", "all");
  }

  @Test
  void a_delay_is_added_to_the_deadline() {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client =
            UazapiClient.builder(fake.url(), fake.token())
                .deadline(Duration.ofMillis(800))
                .build()) {
      Duration longer = Duration.ofMillis(1_200);
      assertThat(client.send().text(Samples.NUMBER, "hi", o -> o.delay(longer)).accepted())
          .isTrue();
    }
  }

  @Test
  @Tag("endurance")
  void a_delay_may_be_longer_than_the_usual_read_timeout() {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build()) {
      Duration longer = Duration.ofSeconds(11);
      assertThat(client.send().text(Samples.NUMBER, "hi", o -> o.delay(longer)).accepted())
          .isTrue();
    }
  }
}
