package dev.belay.uazapi;

import dev.belay.client.CallFailedException;
import dev.belay.client.Outcome;
import dev.belay.uazapi.SendResult.Accepted;
import dev.belay.uazapi.SendResult.NotSent;
import dev.belay.uazapi.SendResult.Rejected;
import dev.belay.uazapi.SendResult.Unknown;
import java.io.IOException;
import java.util.Map;

/** Sends a message once, and says what became of it. */
final class Sender {
  private final Api api;

  Sender(Api api) {
    this.api = api;
  }

  static String describe(String trackId) {
    return "the send with track id " + trackId;
  }

  SendResult send(String path, Map<String, Object> message, SendOptions<?> options) {
    String trackId = options.trackId();
    message.putAll(options.fields());
    try {
      return judge(api.makeMessage(path, message, options.delay()), trackId);
    } catch (CallFailedException e) {
      return e.outcome() == Outcome.UNKNOWN ? unknown(trackId, e) : new NotSent(trackId, e);
    } catch (IOException e) {
      return unknown(trackId, e);
    }
  }

  private static SendResult unknown(String trackId, IOException e) {
    return new Unknown(trackId, new UazapiException(describe(trackId), e));
  }

  private static SendResult judge(Reply reply, String trackId) {
    JsonView row = reply.json();
    String messageId = row.text("messageid");
    if (reply.isSuccess() && !messageId.isBlank() && !saysFailed(row)) {
      String id = row.text("id");
      MessageId known = new MessageId(id.isBlank() ? messageId : id);
      return new Accepted(known, messageId, row.text("status"), trackId);
    }
    Verdict verdict = Verdict.of(reply);
    return verdict.outcome() == Outcome.REJECTED
        ? new Rejected(trackId, verdict.error())
        : new Unknown(trackId, new UazapiException(describe(trackId), verdict));
  }

  /** A row of the server says how its message fared, and an empty error is none. */
  private static boolean saysFailed(JsonView row) {
    return row.text("status").equalsIgnoreCase("Failed")
        || !row.text("error").isBlank()
        || Boolean.TRUE.equals(row.flag("error"));
  }
}
