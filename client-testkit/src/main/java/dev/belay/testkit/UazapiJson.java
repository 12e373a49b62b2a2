package dev.belay.testkit;

import dev.belay.testkit.FakeUazapi.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The shapes of the Uazapi API 2.1.1, and the only class here that knows Jackson. */
final class UazapiJson {

  /** The phone number of the instance, which is not assigned to anybody. */
  static final String OWNER = "5500900000001";

  private static final String OWNER_JID = OWNER + "@s.whatsapp.net";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private UazapiJson() {}

  /** What a {@code POST /send/text} asks for. */
  record TextOrder(String number, String text, JsonNode options) {

    String trackId() {
      return options.path("track_id").stringValue("");
    }

    String trackSource() {
      return options.path("track_source").stringValue("");
    }

    /** The caller wants an answer before the message is sent. */
    boolean queued() {
      return options.path("async").booleanValue(false);
    }

    /** How long the instance shows "typing" before it sends and answers. */
    Duration delay() {
      return Duration.ofMillis(Math.max(0, options.path("delay").asLong(0)));
    }
  }

  /** Reads a request; null if it lacks a number or a text. */
  static @Nullable TextOrder textOrder(byte[] body) {
    JsonNode node;
    try {
      node = MAPPER.readTree(body);
    } catch (JacksonException e) {
      return null;
    }
    String number = node.path("number").stringValue("");
    String text = node.path("text").stringValue("");
    return number.isBlank() || text.isBlank() ? null : new TextOrder(number, text, node);
  }

  static byte[] error(String text) {
    return bytes(object().put("error", text));
  }

  /** Here, and only here, {@code error} is a boolean. */
  static byte[] disconnected() {
    return bytes(object().put("error", true).put("message", "WhatsApp disconnected"));
  }

  static byte[] sent(Message message, boolean queued, Instant now) {
    ObjectNode row = object();
    addOrigin(row, message, now);
    row.put("status", queued ? "Queued" : "Pending").put("text", message.text());
    addEmpty(row, "quoted", "edited", "reaction", "vote", "convertOptions", "buttonOrListid");
    row.put("owner", OWNER).put("error", "");
    row.set("content", object().put("text", message.text()));
    row.put("wasSentByApi", true);
    addEmpty(row, "sendFunction", "sendPayload", "fileURL", "send_folder_id");
    row.put("track_source", message.trackSource())
        .put("track_id", message.trackId())
        .put("sender_pn", OWNER_JID)
        .put("sender_lid", "100000000000001@lid");
    String outcome = queued ? "Message queued successfully" : "Message sent successfully";
    row.set("response", object().put("status", "success").put("message", outcome));
    return bytes(row);
  }

  private static void addOrigin(ObjectNode row, Message message, Instant now) {
    String number = message.number();
    String chat = number.contains("@") ? number : number + "@s.whatsapp.net";
    row.put("id", message.id())
        .put("messageid", message.messageId())
        .put("chatid", chat)
        .put("sender", OWNER_JID)
        .put("senderName", "Perfil Exemplo")
        .put("isGroup", chat.endsWith("@g.us"))
        .put("fromMe", true)
        .put("messageType", "ExtendedTextMessage")
        .put("source", "api")
        .put("messageTimestamp", now.toEpochMilli());
  }

  static byte[] status(String token, String state, boolean connected, Instant now) {
    ObjectNode instance = object();
    addIdentity(instance, token, state);
    addHistory(instance, state, MILLIS.format(now));
    ObjectNode status = object().put("connected", connected).put("loggedIn", connected);
    if (connected) {
      status.set("jid", jid());
    } else {
      status.putNull("jid");
    }
    ObjectNode answer = object();
    answer.set("instance", instance);
    answer.set("status", status);
    return bytes(answer);
  }

  private static void addIdentity(ObjectNode instance, String token, String state) {
    instance.put("id", "r00000000000001").put("token", token).put("status", state);
    addEmpty(instance, "paircode", "qrcode");
    instance
        .put("name", "instancia-exemplo")
        .put("profileName", "Perfil Exemplo")
        .put("profilePicUrl", "https://media.example.invalid/profile.jpg")
        .put("isBusiness", true)
        .put("plataform", "android")
        .put("systemName", "uazapi")
        .put("owner", OWNER)
        .put("current_presence", "available");
  }

  private static void addHistory(ObjectNode instance, String state, String now) {
    boolean lost = state.equals("disconnected");
    instance
        .put("lastDisconnect", lost ? now : "")
        .put("lastDisconnectReason", lost ? "401: logged out from another device" : "");
    addEmpty(instance, "adminField01", "adminField02", "openai_apikey");
    instance.put("chatbot_enabled", false).put("chatbot_ignoreGroups", false);
    addEmpty(instance, "chatbot_stopConversation");
    instance.put("chatbot_stopMinutes", 0).put("chatbot_stopWhenYouSendMsg", 0);
    instance.set("fieldsMap", object());
    instance.put("currentTime", now).put("created", "2026-07-01T12:00:00.000Z").put("updated", now);
  }

  private static ObjectNode jid() {
    return object()
        .put("user", OWNER)
        .put("agent", 0)
        .put("device", 7)
        .put("server", "s.whatsapp.net");
  }

  private static void addEmpty(ObjectNode node, String... names) {
    for (String name : names) {
      node.put(name, "");
    }
  }

  private static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  private static byte[] bytes(ObjectNode node) {
    return MAPPER.writeValueAsBytes(node);
  }
}
