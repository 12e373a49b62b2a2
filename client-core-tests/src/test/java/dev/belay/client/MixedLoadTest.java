package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import okhttp3.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls that succeed, fail, time out, are cancelled, and are left half read, all at once. */
@NoLeaks
@Tag("endurance")
class MixedLoadTest {
  private static final int CAP = 10;
  private static final int CALLERS = 64;
  private static final int CALLS_EACH = 500;
  private final Map<String, LongAdder> endings = new ConcurrentHashMap<>();

  @Test
  void nothing_is_lost_and_the_cap_holds() throws Exception {
    try (TestServer server = TestServer.start(r -> answer());
        BelayClient client =
            BelayClient.builder()
                .name("mixed")
                .maxConnections(CAP)
                .maxConcurrentAttempts(8)
                .build()) {
      ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
      for (int i = 0; i < CALLERS; i++) {
        callers.execute(() -> run(client, server));
      }
      callers.shutdown();
      int most = 0;
      while (!callers.awaitTermination(1, TimeUnit.MILLISECONDS)) {
        most = Math.max(most, KernelSockets.to(server.port()).open());
      }
      PoolSnapshot after = client.snapshot();
      assertThat(most).isLessThanOrEqualTo(CAP);
      assertThat(after.leased()).isZero();
      assertThat(after.waiting()).isZero();
      assertThat(after.holders()).hasSize(1);
      assertThat(endings.values().stream().mapToLong(LongAdder::sum).sum())
          .isEqualTo((long) CALLERS * CALLS_EACH);
      Evidence.record("mixed load, most sockets by the kernel's count", most + " of " + CAP);
      Evidence.record("mixed load, endings", endings.toString());
    }
  }

  private static Answer answer() {
    int dice = ThreadLocalRandom.current().nextInt(100);
    Answer ok = Answer.of(200, "x".repeat(dice * 100));
    if (dice < 3) {
      return Answer.hangUp();
    }
    if (dice < 6) {
      return Answer.truncated(200, "half", 4);
    }
    if (dice < 8) {
      return Answer.stall();
    }
    return dice < 20 ? ok.after(Duration.ofMillis(dice)) : ok;
  }

  private void run(BelayClient client, TestServer server) {
    for (int i = 0; i < CALLS_EACH; i++) {
      endings.computeIfAbsent(oneCall(client, server), k -> new LongAdder()).increment();
    }
  }

  private static String oneCall(BelayClient client, TestServer server) {
    CallOptions quick = CallOptions.deadline(Duration.ofMillis(200));
    try {
      switch (ThreadLocalRandom.current().nextInt(5)) {
        case 0 -> client.send(Requests.get(server), Answers.text(), quick);
        case 1 -> client.send(Requests.post(server), Answers.discard(), quick);
        case 2 -> halfRead(client, server, quick);
        case 3 -> cancelled(client, server, quick);
        default -> client.sendAsync(Requests.get(server), Answers.text(), quick).get();
      }
      return "ok";
    } catch (ExecutionException e) {
      return e.getCause().getClass().getSimpleName();
    } catch (IOException | InterruptedException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static void halfRead(BelayClient client, TestServer server, CallOptions quick)
      throws IOException {
    try (Response response = client.open(Requests.get(server), quick)) {
      boolean unused = response.body().source().request(10);
    }
  }

  private static void cancelled(BelayClient client, TestServer server, CallOptions quick) {
    CompletableFuture<String> call = client.sendAsync(Requests.get(server), Answers.text(), quick);
    Thread.onSpinWait();
    boolean unused = call.cancel(true);
  }
}
