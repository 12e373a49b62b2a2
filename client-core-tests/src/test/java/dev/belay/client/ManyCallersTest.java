package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Far more callers than connections, and answers that take 1 to 20 ms. */
@NoLeaks
@Tag("alone")
class ManyCallersTest {
  private static final int CAP = 10;
  private static final int CALLERS = 2_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final int MOST_ROUNDS = 3;

  /** Of ten bare threads; and what is left where others want the processors as well. */
  private static final double RATIO = 0.95;

  private static final double RATIO_ON_BUSY_MACHINE = 0.5;
  private static final double BUSY = 0.2;

  private final AtomicInteger numbers = new AtomicInteger();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Queue<ServiceOrder.Served> served = new ConcurrentLinkedQueue<>();

  private interface Sender {
    void send(String url) throws IOException;
  }

  @Test
  void ten_connections_serve_two_thousand_callers_as_fast_as_ten_threads_and_in_order()
      throws Exception {
    try (TestServer server = TestServer.start(r -> answer());
        TestServer other = TestServer.start(r -> answer());
        BelayClient client =
            BelayClient.builder()
                .maxConnections(CAP)
                .maxCallsInFlight(CALLERS)
                .interceptor(ServiceOrder.recordedIn(served))
                .ownPool(pool -> pool.maxQueue(CALLERS).maxWait(Duration.ofSeconds(20)))
                .build()) {
      double ratio = 0;
      OtherLoad others = new OtherLoad();
      for (int round = 0; round < MOST_ROUNDS && ratio < RATIO; round++) {
        double before = bareRate(other);
        double rate =
            rate(server, CALLERS, 5, url -> client.send(Requests.get(url), Answers.discard()));
        ratio = Math.max(ratio, rate * 2 / (before + bareRate(other)));
      }
      double busy = others.processors();
      int overtaken = ServiceOrder.mostOvertaken(served);
      record("2.1 2,000 callers, cap 10: throughput against ten bare threads", "%.3f", ratio);
      record("2.1 2,000 callers, cap 10: processors that others took", "%.2f", busy);
      record("2.1 2,000 callers, cap 10: overtaken by later callers", "at most %d", overtaken);
      record("2.1 2,000 callers, cap 10: connections", "at most %d", server.mostConnections());
      assertThat(failures).isEmpty();
      assertThat(overtaken).isLessThanOrEqualTo(CAP);
      assertThat(server.mostConnections()).isLessThanOrEqualTo(CAP);
      // A noisy neighbour costs the side that has 2,000 threads more than the one that has ten.
      assertThat(ratio).isGreaterThanOrEqualTo(busy < BUSY ? RATIO : RATIO_ON_BUSY_MACHINE);
    }
  }

  private Answer answer() {
    int millis = 1 + Math.floorMod(numbers.getAndIncrement() * 7, 20);
    return Answer.of(200, "ok").after(Duration.ofMillis(millis));
  }

  private double bareRate(TestServer server) throws InterruptedException {
    OkHttpClient bare = new OkHttpClient();
    try {
      return rate(
          server,
          CAP,
          2,
          url -> {
            try (Response response = bare.newCall(Requests.get(url)).execute()) {
              assertThat(response.body().string()).isEqualTo("ok");
            }
          });
    } finally {
      bare.connectionPool().evictAll();
    }
  }

  /** Calls a second, with so many callers. */
  private double rate(TestServer server, int callers, int seconds, Sender sender)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    AtomicInteger answered = new AtomicInteger();
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    for (int i = 0; i < callers; i++) {
      threads.execute(() -> callUntil(end, server, sender, answered));
    }
    threads.shutdown();
    int most = 0;
    while (System.nanoTime() < end) {
      most = Math.max(most, KernelSockets.to(server.port()).open());
      boolean unused = threads.awaitTermination(5, TimeUnit.MILLISECONDS);
    }
    int inTime = answered.get();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(most).isLessThanOrEqualTo(callers > CAP ? CAP : Integer.MAX_VALUE);
    return inTime * 1e9 / (end - start);
  }

  private void callUntil(long end, TestServer server, Sender sender, AtomicInteger answered) {
    try {
      while (System.nanoTime() < end) {
        sender.send(server.url("/get"));
        answered.incrementAndGet();
      }
    } catch (IOException | RuntimeException e) {
      failures.add(e);
    }
  }

  @Test
  void a_client_with_ten_thousand_waiting_calls_leaves_its_sibling_half_the_turns()
      throws Exception {
    int queued = 10_000;
    try (TestServer server = TestServer.start(r -> answer());
        BoundedPool pool = BoundedPool.builder().maxQueue(queued).maxWait(MINUTE).build();
        BelayClient busy =
            BelayClient.builder(pool).deadline(MINUTE).maxCallsInFlight(queued).build();
        BelayClient quiet = BelayClient.builder(pool).build()) {
      for (int i = 0; i < queued; i++) {
        var unused = busy.sendAsync(Requests.get(server), Answers.discard());
      }
      double shares = Double.MAX_VALUE;
      for (int round = 0; round < MOST_ROUNDS && shares > 3; round++) {
        shares = Math.min(shares, p99InShares(quiet, server));
      }
      record("2.1 p99 beside 10,000 waiting calls, in shares", "%.2f", shares);
      assertThat(pool.snapshot().waiting()).isPositive();
      assertThat(shares).isLessThanOrEqualTo(3);
      CloseReport unused = busy.close(Duration.ZERO);
    }
  }

  /** A share is every second turn, and the longest answer. */
  private static double p99InShares(BelayClient quiet, TestServer server) throws IOException {
    List<Long> times = new ArrayList<>();
    int before = server.requests();
    long start = System.nanoTime();
    while (times.size() < 200) {
      long begun = System.nanoTime();
      quiet.send(Requests.get(server), Answers.discard());
      times.add(System.nanoTime() - begun);
    }
    double turn = (double) (System.nanoTime() - start) / (server.requests() - before);
    times.sort(null);
    return times.get(times.size() * 99 / 100 - 1) / (2 * turn + TimeUnit.MILLISECONDS.toNanos(20));
  }

  private static void record(String line, String format, Object... values) throws IOException {
    Evidence.record(line, String.format(Locale.ROOT, format, values));
  }
}
