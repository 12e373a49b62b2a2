package dev.belay.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.Received;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No deadline helps here: only the garbage collector brings the connections back. */
@NoLeaks
@Tag("endurance")
@SuppressWarnings("MustBeClosedChecker") // that is the point
class ThousandForgottenTest {
  private static final int CALLS = 20_000;
  private static final int EACH = 20;
  private static final int CAP = 50;
  private static final int CALLERS = 8;
  private static final Duration DAY = Duration.ofDays(1);

  /** Taken for the answer to a next call, this is one; and it is wrong. */
  private static final String SMUGGLED =
      "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled".repeat(200);

  private final LossRecorder losses = new LossRecorder();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> lines = new ConcurrentLinkedQueue<>();

  @Test
  void each_is_named_and_given_back_and_no_other_call_is_affected() throws Exception {
    try (LeakWarnings warnings = new LeakWarnings();
        TestServer server = TestServer.start(ThousandForgottenTest::answer);
        BelayClient client = client()) {
      useAll(client, server);
      assertThat(socketsTo(server)).isEqualTo(CAP);
      callAll(client, server);
      Garbage.collectOnlyUntil(() -> client.snapshot().leased() == 0);
      Garbage.collectOnlyUntil(() -> losses.all().size() == CALLS / EACH);
      useAll(client, server);
      assertThat(socketsTo(server)).isEqualTo(CAP);
      assertThat(wrong).isEmpty();
      assertThat(server.mostConnections()).isLessThanOrEqualTo(2 * CAP); // closed ones linger there
      assertAllAreNamed(client, server);
      String measured = "%d named, %d other calls affected, %d logged, %d and %d connections";
      Evidence.record(
          "4.4 1,000 forgotten among 20,000 calls",
          measured.formatted(losses.all().size(), wrong.size(), warnings.count(), CAP, CAP));
    }
  }

  private BelayClient client() {
    return BelayClient.builder()
        .deadline(DAY)
        .maxConnections(CAP)
        .maxCallsInFlight(CAP)
        .ownPool(
            pool ->
                pool.tracking(TrackingLevel.FULL)
                    .maxIdle(CAP)
                    .idleTime(Duration.ofHours(1))
                    .maxWait(Duration.ofMinutes(2))
                    .lifecycleListener(losses))
        .build();
  }

  private static Answer answer(Received request) {
    return Answer.of(200, request.path().startsWith("/lost") ? SMUGGLED : request.path());
  }

  /** Takes every place and every permit at once: none may be missing. */
  private static void useAll(BelayClient client, TestServer server) throws Exception {
    List<Response> held = new ArrayList<>();
    for (int i = 0; i < CAP; i++) {
      held.add(client.open(Requests.get(server.url("/held"))));
    }
    assertThat(client.snapshot().leased()).isEqualTo(CAP);
    for (Response each : held) {
      assertThat(each.body().string()).isEqualTo("/held");
    }
    assertThat(client.snapshot().holders()).hasSize(1);
    server.awaitOpenConnections(CAP, Duration.ofSeconds(10));
  }

  private static int socketsTo(TestServer server) {
    return KernelSockets.isAvailable() ? KernelSockets.to(server.port()).open() : CAP;
  }

  private void callAll(BelayClient client, TestServer server) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(threads.submit(() -> call(client, server)));
      }
      Garbage.collectUntil(() -> callers.stream().allMatch(Future::isDone));
      for (Future<?> caller : callers) {
        Object unused = caller.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void call(BelayClient client, TestServer server) {
    for (int i = numbers.incrementAndGet(); i <= CALLS; i = numbers.incrementAndGet()) {
      try {
        if (i % EACH == 0) {
          forget(client, Requests.get(server.url("/lost/" + i)));
        } else if (!text(client, server, i).equals("/" + i)) {
          wrong.add("/" + i);
        }
      } catch (IOException | RuntimeException e) {
        wrong.add("/" + i + ": " + e);
      }
    }
  }

  private void forget(BelayClient client, Request request) throws IOException {
    lines.add(new Throwable().getStackTrace()[0].getLineNumber() + 1);
    int status = client.open(request).code();
    assertThat(status).isEqualTo(200);
  }

  /** In most ways nothing but the reading itself holds the response. */
  private static String text(BelayClient client, TestServer server, int i) throws IOException {
    Request request = Requests.get(server.url("/" + i));
    return switch (i % 4) {
      case 0 -> client.send(request, Answers.text());
      case 1 -> client.open(request).body().string();
      case 2 -> client.newCall(request).execute().body().source().readUtf8();
      default -> new String(client.open(request).body().byteStream().readAllBytes(), UTF_8);
    };
  }

  private void assertAllAreNamed(BelayClient client, TestServer server) {
    assertThat(losses.all())
        .extracting(Holder::what)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, CALLS / EACH)
                .mapToObj(i -> "GET " + server.url("/lost/" + i * EACH))
                .toList());
    int line = lines.element();
    assertThat(losses.all())
        .allMatch(lost -> lost.place().contains("ThousandForgottenTest.java:" + line));
    assertThat(client.snapshot().totals().leaked()).isEqualTo(CALLS / EACH);
    assertThat(client.snapshot().totals().reclaimed()).isEqualTo(CALLS / EACH);
  }
}
