package compile;

import dev.belay.client.Answers;
import dev.belay.client.BelayClient;
import dev.belay.client.CallScope;
import okhttp3.Request;

/** Wrong: the scope has joined its calls, and nobody closes it. */
final class ForgottenScope {
  static void run(BelayClient client, Request request) throws Exception {
    CallScope scope = client.openScope("nightly");
    scope.sendAsync(request, Answers.discard());
    scope.join();
  }
}
