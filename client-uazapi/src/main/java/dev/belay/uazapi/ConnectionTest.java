package dev.belay.uazapi;

/**
 * Whether messages can be sent now.
 *
 * @param connected true only if the instance is connected and its session is up
 * @param state the state; {@link InstanceState#UNKNOWN} if the server did not say
 * @param reason what was found, in one line without the token
 */
public record ConnectionTest(boolean connected, InstanceState state, String reason) {

  static ConnectionTest of(InstanceStatus status) {
    return new ConnectionTest(
        status.connected(), status.state(), Excerpt.of("the instance " + describe(status)));
  }

  static ConnectionTest failed(UazapiException failure) {
    String reason = String.valueOf(failure.getMessage());
    return new ConnectionTest(false, InstanceState.UNKNOWN, reason);
  }

  private static String describe(InstanceStatus status) {
    if (status.rawState().isBlank()) {
      return "names no state";
    }
    String state = "is " + status.rawState();
    if (status.state() == InstanceState.CONNECTED) {
      return status.connected() ? state : state + ", but its session with WhatsApp is not";
    }
    String why = status.lastDisconnectReason();
    return why.isBlank() ? state : state + ": " + why;
  }
}
