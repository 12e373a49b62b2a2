package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FakeUazapiShapesTest {

  private static final String SENT =
      """
      {
        "id": "5500900000001:%1$s", "messageid": "%1$s",
        "chatid": "5500900000003@s.whatsapp.net", "sender": "5500900000001@s.whatsapp.net",
        "senderName": "Perfil Exemplo", "isGroup": false, "fromMe": true,
        "messageType": "ExtendedTextMessage", "source": "api",
        "messageTimestamp": 1785585600000, "status": "%2$s", "text": "Ola, mensagem de exemplo",
        "quoted": "", "edited": "", "reaction": "", "vote": "", "convertOptions": "",
        "buttonOrListid": "", "owner": "5500900000001", "error": "",
        "content": {"text": "Ola, mensagem de exemplo"}, "wasSentByApi": true,
        "sendFunction": "", "sendPayload": "", "fileURL": "", "send_folder_id": "",
        "track_source": "minha-app", "track_id": "0198f000-0000-7000-8000-000000000001",
        "sender_pn": "5500900000001@s.whatsapp.net", "sender_lid": "100000000000001@lid",
        "response": {"status": "success", "message": "Message %3$s successfully"}
      }
      """;

  private static final String STATUS =
      """
      {
        "instance": {
          "id": "r00000000000001", "token": "00000000-0000-4000-8000-000000000001",
          "status": "%1$s", "paircode": "", "qrcode": "", "name": "instancia-exemplo",
          "profileName": "Perfil Exemplo",
          "profilePicUrl": "https://media.example.invalid/profile.jpg",
          "isBusiness": true, "plataform": "android", "systemName": "uazapi",
          "owner": "5500900000001", "current_presence": "available",
          "lastDisconnect": "%2$s", "lastDisconnectReason": "%3$s",
          "adminField01": "", "adminField02": "", "openai_apikey": "",
          "chatbot_enabled": false, "chatbot_ignoreGroups": false,
          "chatbot_stopConversation": "", "chatbot_stopMinutes": 0,
          "chatbot_stopWhenYouSendMsg": 0, "fieldsMap": {},
          "currentTime": "2026-08-01T12:00:00.000Z", "created": "2026-07-01T12:00:00.000Z",
          "updated": "2026-08-01T12:00:00.000Z"
        },
        "status": %4$s
      }
      """;

  private static final String LOGGED_IN =
      """
      {"connected": true, "loggedIn": true, "jid":
        {"user": "5500900000001", "agent": 0, "device": 7, "server": "s.whatsapp.net"}}
      """;
  private static final String LOGGED_OUT =
      """
      {"connected": false, "loggedIn": false, "jid": null}
      """;

  private final FakeUazapi fake =
      FakeUazapi.builder()
          .clock(Clock.fixed(Instant.parse("2026-08-01T12:00:00Z"), ZoneOffset.UTC))
          .start();

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void a_sent_text_has_the_documented_shape() throws Exception {
    assertSame(sendText(""), SENT.formatted(latestId(), "Pending", "sent"));
  }

  @Test
  void a_queued_text_has_the_documented_shape() throws Exception {
    assertSame(sendText(",\"async\":true"), SENT.formatted(latestId(), "Queued", "queued"));
  }

  @Test
  void a_connected_instance_has_the_documented_shape() throws Exception {
    assertSame(status(), STATUS.formatted("connected", "", "", LOGGED_IN));
  }

  @Test
  void a_disconnected_instance_has_the_documented_shape() throws Exception {
    fake.instanceState("disconnected");
    String since = "2026-08-01T12:00:00.000Z";
    String reason = "401: logged out from another device";
    assertSame(status(), STATUS.formatted("disconnected", since, reason, LOGGED_OUT));
  }

  @Test
  void a_hibernated_instance_has_the_documented_shape() throws Exception {
    fake.instanceState("hibernated");
    assertSame(status(), STATUS.formatted("hibernated", "", "", LOGGED_OUT));
  }

  @Test
  void a_group_keeps_its_address() throws Exception {
    String body = "{\"number\":\"120363000000000001@g.us\",\"text\":\"a\"}";
    JsonNode message = new JsonMapper().readTree(post(body));
    assertThat(message.path("chatid").asString()).isEqualTo("120363000000000001@g.us");
    assertThat(message.path("isGroup").asBoolean()).isTrue();
  }

  private String latestId() {
    return fake.messages().get(fake.messages().size() - 1).messageId();
  }

  private String sendText(String option) throws Exception {
    return post(
        """
        {"number":"5500900000003","text":"Ola, mensagem de exemplo","track_source":"minha-app",
         "track_id":"0198f000-0000-7000-8000-000000000001"%s}
        """
            .formatted(option));
  }

  private String post(String body) throws Exception {
    return ok(
        new Http()
            .send(
                Http.request(fake.url() + "/send/text")
                    .header("token", fake.token())
                    .POST(BodyPublishers.ofString(body))));
  }

  private String status() throws Exception {
    return ok(
        new Http()
            .send(Http.request(fake.url() + "/instance/status").header("token", fake.token())));
  }

  private static String ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    return response.body();
  }

  private static void assertSame(String actual, String expected) {
    JsonMapper mapper = new JsonMapper();
    assertThat(mapper.readTree(actual)).isEqualTo(mapper.readTree(expected));
  }
}
