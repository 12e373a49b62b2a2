package compile;

import dev.belay.client.Answers;
import dev.belay.client.BelayClient;
import dev.belay.client.CallScope;
import okhttp3.Request;

/** Right: the brace closes the scope. */
final class ScopeInTry {
  static void run(BelayClient client, Request request) throws Exception {
    try (CallScope scope = client.openScope("nightly")) {
      scope.sendAsync(request, Answers.discard());
      scope.join();
    }
  }
}
