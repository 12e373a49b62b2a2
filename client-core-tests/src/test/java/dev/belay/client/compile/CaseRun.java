package dev.belay.client.compile;

import dev.belay.client.BelayClient;
import dev.belay.client.BoundedPool;
import dev.belay.client.CloseReport;
import dev.belay.testkit.Answer;
import dev.belay.testkit.TestServer;
import java.io.Closeable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import okhttp3.Request;

/** A case at run time, and what Belay has to say of it. */
final class CaseRun {
  private CaseRun() {}

  /**
   * Runs a case against a server.
   *
   * @return {@code named}: Belay lists something as open that was opened at a line of the case;
   *     {@code fails}: the case got an exception; {@code clean}: neither
   */
  static String witness(CompileCase ran, ClassLoader classes) throws Exception {
    Method run =
        classes
            .loadClass("compile." + ran.name())
            .getDeclaredMethod("run", BelayClient.class, Request.class);
    run.setAccessible(true);
    Closeable tracking = BoundedPool.trackEverything();
    try (TestServer server = TestServer.start(r -> Answer.of(200, "hello"));
        BelayClient client = BelayClient.builder().build()) {
      boolean fails = fails(run, client, new Request.Builder().url(server.url("/case")).build());
      boolean named = isNamed(ran);
      CloseReport unused = client.close(Duration.ZERO);
      return named ? "named" : fails ? "fails" : "clean";
    } finally {
      tracking.close();
    }
  }

  private static boolean fails(Method run, Object... arguments) throws IllegalAccessException {
    try {
      Object unused = run.invoke(null, arguments);
      return false;
    } catch (InvocationTargetException e) {
      return true;
    }
  }

  private static boolean isNamed(CompileCase ran) {
    return BoundedPool.openPools().stream()
        .flatMap(pool -> pool.holders().stream())
        .anyMatch(holder -> holder.place().contains("(" + ran.name() + ".java:"));
  }
}
