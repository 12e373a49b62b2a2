package dev.belay.client;

import dev.belay.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Calls a fault with a client of its own, and looks at everything that is left of it. */
final class FaultCall {
  static final Duration DEADLINE = Duration.ofSeconds(4);
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final Duration CONNECTING = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What is only wrong with a body that does not fit into the buffers of the kernel. */
  private static final Set<String> UPLOADS =
      Set.of(Fault.NOREAD.label(), Fault.RST_MID_REQUEST.label());

  /** What is only wrong with a connection that was used before. */
  private static final Set<String> REUSING =
      Set.of(Fault.KEEPALIVE_RACE_FIN.label(), Fault.KEEPALIVE_RACE_RST.label());

  private static final Map<String, Integer> TIMES = Map.of(Fault.CONN_CLOSE.label(), 5);
  private static final Map<String, Integer> ATTEMPTS = Map.of(Fault.FLAKY.label(), 3);

  private final FaultCell cell;
  private final FaultPlace place;
  private final String elsewhere;
  private final BelayClient client;

  /**
   * @param elsewhere an address without a fault, at another port
   * @param builder knows what to speak, and whom to trust
   */
  FaultCall(FaultCell cell, FaultPlace place, String elsewhere, BelayClientBuilder builder) {
    this.cell = cell;
    this.place = place;
    this.elsewhere = elsewhere;
    client =
        builder
            .deadline(DEADLINE)
            .connectTimeout(CONNECTING)
            .readTimeout(SILENCE)
            .writeTimeout(SILENCE)
            .retry(retry(cell))
            .build();
  }

  private static RetryPolicy retry(FaultCell cell) {
    return RetryPolicy.builder()
        .maxAttempts(ATTEMPTS.getOrDefault(cell.fault(), 2))
        .backOff(Duration.ofMillis(1))
        .throttledBackOff(Duration.ofMillis(1))
        .build();
  }

  /** Closes the client. */
  FaultEnding run(boolean nextHere) throws InterruptedException {
    try (client) {
      if (REUSING.contains(cell.fault())) {
        Throwable unused = failureOf(get(place.healthyUrl()));
      }
      long start = System.nanoTime();
      Throwable failure = failureOfAll();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      List<String> columns = FaultEnding.columns(failure, place.requests());
      place.heal();
      Throwable next = failureOf(get(nextHere ? place.healthyUrl() : elsewhere));
      client.close();
      return new FaultEnding(
          columns, took, place.strayed(), FaultEnding.name(next), isOpen(), failure);
    }
  }

  private @Nullable Throwable failureOfAll() {
    Throwable failure = null;
    for (int i = 0; i < TIMES.getOrDefault(cell.fault(), 1) && failure == null; i++) {
      failure = failureOf(cell.isPost() ? post(place.url()) : get(place.url()));
    }
    return failure;
  }

  private static Request get(String url) {
    return Requests.get(url);
  }

  private Request post(String url) {
    boolean upload = UPLOADS.contains(cell.fault());
    RequestBody body = upload ? new EndlessBody() : Requests.body("hello");
    return new Request.Builder().url(url).post(body).build();
  }

  /** Whatever is thrown is what the cell shows. */
  private @Nullable Throwable failureOf(Request request) {
    try {
      String text = client.send(request, Answers.text());
      return text.equals("ok") ? null : new AssertionError("answered " + text);
    } catch (Throwable e) {
      return e;
    }
  }

  private boolean isOpen() throws InterruptedException {
    try {
      place.awaitNoneOpen(PATIENCE);
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }
}
