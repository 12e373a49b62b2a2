package dev.belay.uazapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.FakeUazapi;
import dev.belay.testkit.NoLeaks;
import dev.belay.uazapi.SendResult.Rejected;
import dev.belay.uazapi.SendResult.Unknown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NoLeaks
class SendErrorTest {

  @ParameterizedTest
  @CsvSource({
    "400, 400.missing, InvalidRequest, Missing number or text",
    "401, 401.missing-token, Authentication, missing token",
    "401, 401.client-not-found, Authentication, client not found",
    "401, 401.no-session, NotConnected, No session",
    "403, 403.admin, Forbidden, Invalid AdminToken Header",
    "404, 404.message, NotFound, Message not found",
    "405, 404.message, NotFound, Message not found",
    "409, 409.reset, Conflict, session is not reconnectable by reset",
    "413, 415, TooLarge, Unsupported media format",
    "415, 415, InvalidRequest, Unsupported media format",
    "500, 500.not-on-whatsapp, NotOnWhatsApp, "
        + "the number ***09@s.whatsapp.net is not on WhatsApp",
    "500, 500.no-lid, NotOnWhatsApp, error sending message after 2 attempts: "
        + "no LID found for ***09@s.whatsapp.net from server",
    "500, 500.no-group, NotFound, "
        + "error sending message after 2 attempts: that group does not exist",
    "500, 500.time-lock, AccountRestricted, "
        + "WhatsApp server error 463: the connected account is under a temporary restriction",
    "503, 503.disconnected, NotConnected, WhatsApp disconnected",
    "503, 503.not-reconnectable, NotConnected, "
        + "WhatsApp disconnected: session is not reconnectable"
  })
  void the_message_was_not_taken(int status, String sample, String type, String text) {
    SendResult result = answered(status, sample);
    assertThat(result).isInstanceOf(Rejected.class);
    assertThat(result.safeToResend()).isTrue();
    assertIs(((Rejected) result).error(), status, type, text);
  }

  @ParameterizedTest
  @CsvSource({
    "408, 500.generic, Server, Failed to send message",
    "500, 500.generic, Server, Failed to send message",
    "500, 500.after-2-attempts, Server, "
        + "error sending message after 2 attempts: whatsmeow client not initialized",
    "500, 500.not-connected, NotConnected, WhatsApp client is not connected",
    "500, 401.no-session, NotConnected, No session",
    "500, 503.disconnected, NotConnected, WhatsApp disconnected",
    "502, 500.not-on-whatsapp, Server, the number ***09@s.whatsapp.net is not on WhatsApp",
    "503, 503.connect-capacity, Server, connection capacity temporarily unavailable"
  })
  void nobody_knows_whether_the_message_was_taken(
      int status, String sample, String type, String text) {
    SendResult result = answered(status, sample);
    assertThat(result).isInstanceOf(Unknown.class);
    assertThat(result.safeToResend()).isFalse();
    assertIs(((Unknown) result).cause().error().orElseThrow(), status, type, text);
  }

  private static SendResult answered(int status, String sample) {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build()) {
      String body = Samples.read("errors/" + sample + ".json");
      fake.failNext(1, Answer.of(status, body).header("Content-Type", "application/json"));
      SendResult result = client.send().text(Samples.NUMBER, "hi");
      assertThat(fake.requests()).isEqualTo(1);
      return result;
    }
  }

  private static void assertIs(UazapiError error, int status, String type, String text) {
    assertThat(error.getClass().getSimpleName()).isEqualTo(type);
    assertThat(error.status()).isEqualTo(status);
    assertThat(error.text()).isEqualTo(text);
  }
}
