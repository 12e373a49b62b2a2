package compile;

import dev.belay.client.BelayClient;
import dev.belay.client.CallScope;
import okhttp3.Request;

/** Wrong: the scope opens with the object, and the object has no close. */
final class FieldInitializer {
  private final CallScope scope = Shared.client.openScope("of an object");

  static String run(BelayClient client, Request request) {
    Shared.client = client;
    return new FieldInitializer().scope.toString();
  }

  private static final class Shared {
    static BelayClient client;
  }
}
