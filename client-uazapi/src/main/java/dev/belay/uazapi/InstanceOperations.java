package dev.belay.uazapi;

/** The instance itself. Safe for use by several threads; ends with its client. */
public final class InstanceOperations {
  private final Api api;

  InstanceOperations(Api api) {
    this.api = api;
  }

  /**
   * The state of the instance ({@code GET /instance/status}). Blocks up to the deadline of the
   * client; tried again, up to three attempts, where the failure is passing.
   *
   * @return what the server says, with {@link InstanceState#UNKNOWN} for a state that this version
   *     does not know
   * @throws UazapiException if the server refused, could not be reached, or its answer cannot be
   *     read
   */
  public InstanceStatus status() throws UazapiException {
    return InstanceStatus.of(api.get("instance/status"));
  }
}
