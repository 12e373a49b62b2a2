package dev.belay.uazapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.client.ClosedException;
import dev.belay.client.ConnectFailedException;
import dev.belay.client.ConnectionLostException;
import dev.belay.client.DeadlineExceededException;
import dev.belay.client.Outcome;
import dev.belay.testkit.Answer;
import dev.belay.testkit.FakeUazapi;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import dev.belay.uazapi.SendResult.NotSent;
import dev.belay.uazapi.SendResult.Rejected;
import dev.belay.uazapi.SendResult.Unknown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NoLeaks
class SendOutcomeTest {
  private final FakeUazapi fake = FakeUazapi.start();
  private UazapiClient client;

  @BeforeEach
  void open() {
    client =
        UazapiClient.builder(fake.url(), fake.token()).deadline(Duration.ofSeconds(10)).build();
  }

  @AfterEach
  void close() {
    client.close();
    fake.close();
  }

  private SendResult send() {
    return client.send().text(Samples.NUMBER, "hi", options -> options.trackId("order-42"));
  }

  private static UazapiException unknown(SendResult result) {
    assertThat(result).isInstanceOf(Unknown.class);
    assertThat(result.accepted()).isFalse();
    assertThat(result.safeToResend()).isFalse();
    assertThat(result.trackId()).isEqualTo("order-42");
    UazapiException cause = ((Unknown) result).cause();
    assertThatThrownBy(result::orThrow).isSameAs(cause);
    assertThat(cause.outcome()).isEqualTo(Outcome.UNKNOWN);
    return cause;
  }

  @Test
  void a_hang_up_before_the_message_was_taken_is_unknown() {
    fake.failNext(1, Answer.hangUp());
    assertThat(unknown(send())).hasCauseInstanceOf(ConnectionLostException.class);
    assertThat(fake.messages()).isEmpty();
    assertThat(fake.requests()).isEqualTo(1);
  }

  @Test
  void a_hang_up_after_the_message_was_taken_is_unknown_and_makes_one_message() {
    fake.failNextAfterTaking(1, Answer.hangUp());
    assertThat(unknown(send()))
        .hasCauseInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("track id order-42");
    assertThat(fake.messages()).hasSize(1);
    assertThat(fake.requests()).isEqualTo(1);
  }

  @Test
  void a_hang_up_on_a_reused_connection_makes_one_message() {
    assertThat(send().accepted()).isTrue();
    fake.failNextAfterTaking(1, Answer.hangUp());
    unknown(send());
    assertThat(fake.messages()).hasSize(2);
    assertThat(fake.requests()).isEqualTo(2);
    assertThat(fake.totalConnections()).isEqualTo(1);
  }

  @Test
  void no_answer_within_the_deadline_is_unknown() {
    fake.failNextAfterTaking(1, Answer.stall());
    try (UazapiClient hasty =
        UazapiClient.builder(fake.url(), fake.token()).deadline(Duration.ofMillis(500)).build()) {
      SendResult result = hasty.send().text(Samples.NUMBER, "hi", o -> o.trackId("order-42"));
      assertThat(unknown(result)).hasCauseInstanceOf(DeadlineExceededException.class);
    }
    assertThat(fake.messages()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "\"ok\"",
        "{\"messageid\":\"\"}",
        "{\"messageid\":7}",
        "<"
      })
  void a_success_without_a_message_id_is_unknown(String body) {
    fake.failNextAfterTaking(1, Answer.of(200, body));
    assertThat(unknown(send()).error()).containsInstanceOf(UazapiError.Unexpected.class);
    assertThat(fake.messages()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messageid\":\"3EB01\",\"status\":\"Failed\"}",
        "{\"messageid\":\"3EB01\",\"error\":\"media lost\"}",
        "{\"messageid\":\"3EB01\",\"error\":true}"
      })
  void a_success_that_says_failed_is_not_accepted(String body) {
    fake.failNextAfterTaking(1, Answer.of(200, body));
    assertThat(unknown(send()).error()).containsInstanceOf(UazapiError.Unexpected.class);
  }

  @Test
  void an_answer_that_is_cut_short_is_unknown() {
    fake.failNextAfterTaking(1, Answer.truncated(200, "{\"messageid\":\"3EB01\"", 10));
    assertThat(unknown(send())).hasCauseInstanceOf(ConnectionLostException.class);
    assertThat(fake.messages()).hasSize(1);
  }

  @Test
  void a_garbled_answer_is_unknown() {
    byte[] garbage = "SSH-2.0-x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    fake.failNextAfterTaking(1, Answer.raw(garbage).closeAfter());
    unknown(send());
    assertThat(fake.messages()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void a_failure_of_a_proxy_is_unknown_and_sent_once(int status) {
    String html = "<html><body><h1>upstream</h1></body></html>";
    fake.failNextAfterTaking(1, Answer.of(status, html).header("Retry-After", "0"));
    assertThat(unknown(send()).error().orElseThrow())
        .isInstanceOf(UazapiError.Server.class)
        .extracting(UazapiError::status)
        .isEqualTo(status);
    assertThat(fake.messages()).hasSize(1);
    assertThat(fake.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303})
  void a_redirect_is_not_followed(int status) {
    fake.failNextAfterTaking(1, Answer.of(status).header("Location", fake.url() + "/send/text"));
    assertThat(unknown(send()).error()).containsInstanceOf(UazapiError.Unexpected.class);
    assertThat(fake.requests()).isEqualTo(1);
  }

  @Test
  void a_redirect_that_wants_the_same_request_elsewhere_did_nothing() {
    fake.failNext(1, Answer.of(308).header("Location", fake.url() + "/other"));
    assertThat(send()).isInstanceOf(Rejected.class);
  }

  @Test
  void a_throttled_message_is_tried_again_within_its_deadline() {
    fake.failNext(1, Answer.of(429, Samples.read("errors/429.rate.json")));
    assertThat(send().accepted()).isTrue();
    assertThat(fake.messages()).hasSize(1);
    assertThat(fake.requests()).isEqualTo(2);
  }

  @Test
  void a_message_that_stays_throttled_is_rejected_with_the_wish_of_the_server() {
    Answer limited = Answer.of(429, Samples.read("errors/429.rate.json"));
    fake.failNext(1, limited.header("Retry-After", "3600"));
    assertThat(send())
        .isEqualTo(
            new Rejected(
                "order-42",
                new UazapiError.RateLimited(429, "Rate limit exceeded", Duration.ofHours(1))));
  }

  @Test
  void an_instance_without_a_session_rejects() {
    fake.instanceState("hibernated");
    SendResult result = send();
    assertThat(result)
        .isEqualTo(
            new Rejected("order-42", new UazapiError.NotConnected(503, "WhatsApp disconnected")));
    assertThat(result.safeToResend()).isTrue();
    assertThat(fake.requests()).isEqualTo(1);
    assertThatThrownBy(result::orThrow)
        .isInstanceOf(UazapiException.class)
        .hasMessageContaining("NotConnected, HTTP 503, WhatsApp disconnected");
  }

  @Test
  void a_refused_connection_is_not_sent() throws IOException {
    String nobody;
    try (TestServer server = TestServer.start(request -> Answer.of(200))) {
      nobody = server.url("/");
    }
    try (UazapiClient alone = UazapiClient.builder(nobody, fake.token()).build()) {
      SendResult result = alone.send().text(Samples.NUMBER, "hi");
      assertThat(result)
          .isInstanceOfSatisfying(
              NotSent.class,
              none -> assertThat(none.cause()).isInstanceOf(ConnectFailedException.class));
      assertThat(result.safeToResend()).isTrue();
      assertThatThrownBy(result::orThrow)
          .isInstanceOfSatisfying(
              UazapiException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT))
          .hasCauseInstanceOf(ConnectFailedException.class);
    }
  }

  @Test
  void a_closed_client_sends_nothing() {
    client.close();
    assertThat(send())
        .isInstanceOfSatisfying(
            NotSent.class, none -> assertThat(none.cause()).isInstanceOf(ClosedException.class));
    assertThat(fake.requests()).isZero();
  }
}
