package dev.belay.uazapi;

import org.jspecify.annotations.Nullable;

/**
 * What the server says of an instance. Texts are empty where it says nothing.
 *
 * @param state the state
 * @param rawState the word of the server for the state
 * @param connected whether messages can be sent: the state is {@link InstanceState#CONNECTED} and
 *     the session does not say that it is down
 * @param loggedIn whether the session says that it is logged in
 * @param jid the address of the account in WhatsApp, such as {@code 5511...@s.whatsapp.net}
 * @param name the name of the instance
 * @param profileName the name of the account in WhatsApp
 * @param lastDisconnectReason why the session ended the last time
 */
public record InstanceStatus(
    InstanceState state,
    String rawState,
    boolean connected,
    boolean loggedIn,
    String jid,
    String name,
    String profileName,
    String lastDisconnectReason) {

  /** The state is in {@code instance}; {@code status} is an object, in old versions the state. */
  static InstanceStatus of(JsonView answer) {
    JsonView instance = answer.object("instance");
    JsonView session = answer.object("status");
    String told = instance.text("status");
    String raw = told.isEmpty() ? answer.text("status") : told;
    InstanceState state = InstanceState.of(raw);
    boolean up = !isFalse(session.flag("connected")) && !isFalse(session.flag("loggedIn"));
    return new InstanceStatus(
        state,
        raw,
        state == InstanceState.CONNECTED && up,
        Boolean.TRUE.equals(session.flag("loggedIn")),
        jid(session),
        instance.text("name"),
        instance.text("profileName"),
        instance.text("lastDisconnectReason"));
  }

  private static boolean isFalse(@Nullable Boolean flag) {
    return Boolean.FALSE.equals(flag);
  }

  private static String jid(JsonView session) {
    JsonView parts = session.object("jid");
    boolean whole = !parts.text("user").isEmpty() && !parts.text("server").isEmpty();
    return whole ? parts.text("user") + "@" + parts.text("server") : session.text("jid");
  }
}
