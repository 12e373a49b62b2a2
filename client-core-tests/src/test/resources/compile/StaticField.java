package compile;

import dev.belay.client.BelayClient;
import dev.belay.client.CallScope;
import okhttp3.Request;

/** Wrong: a scope that is meant to end before its client stays open as long as the class. */
final class StaticField {
  static String run(BelayClient client, Request request) {
    Shared.client = client;
    return Kept.SCOPE.toString();
  }

  private static final class Shared {
    static BelayClient client;
  }

  private static final class Kept {
    private static final CallScope SCOPE = Shared.client.openScope("for ever");
  }
}
