package compile;

import dev.belay.client.Answers;
import dev.belay.client.BelayClient;
import java.io.Closeable;
import java.io.IOException;
import okhttp3.Request;
import org.checkerframework.checker.calledmethods.qual.EnsuresCalledMethods;
import org.checkerframework.checker.mustcall.qual.Owning;

/** Right: the object that has the client closes it, and says so to the Checker Framework. */
final class ClientInField {
  static String run(BelayClient unused, Request request) throws IOException {
    try (Billing billing = new Billing()) {
      return billing.send(request);
    }
  }

  // region owner
  static final class Billing implements Closeable {
    private final @Owning BelayClient client = BelayClient.builder().name("billing").build();

    String send(Request request) throws IOException {
      return client.send(request, Answers.text());
    }

    @Override
    @EnsuresCalledMethods(value = "client", methods = "close")
    public void close() {
      client.close();
    }
  }
  // endregion owner
}
