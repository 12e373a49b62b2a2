package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** Ten thousand asynchronous calls at once, over ten connections. */
@NoLeaks
class ManyAsyncCallsTest {
  private static final int CAP = 10;
  private static final int CALLS = 10_000;

  /** The housekeeper, two workers, and one to spare. */
  private static final int OTHER_THREADS = 4;

  private static final int FIRST_WITH_VIRTUAL_THREADS_OF_OURS = 24;

  private final CountDownLatch allWait = new CountDownLatch(1);
  private final TestServer server =
      TestServer.start(
          r -> {
            allWait.await();
            return Answer.of(200, "ok");
          });

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void ten_thousand_waiting_calls_are_all_answered_by_ten_connections_and_few_threads()
      throws Exception {
    try (BelayClient client = client()) {
      CountDownLatch answered = new CountDownLatch(CALLS);
      List<CompletableFuture<String>> calls = sendAll(client, CALLS, answered);
      server.awaitRequests(CAP, Duration.ofSeconds(10));
      int whileWaiting = OurThreads.names().size();
      assertThat(client.snapshot().waiting()).isEqualTo(CALLS - CAP);
      allWait.countDown();
      int whileAnswered = mostPlatformThreadsUntil(answered);
      Evidence.record(
          "4.3 10,000 waiting asynchronous calls, cap 10",
          "all answered, at most %d connections, %d threads of ours while all wait, at most %d"
                  .formatted(server.mostConnections(), whileWaiting, whileAnswered)
              + " platform threads while they are answered");
      assertThat(calls).extracting(CompletableFuture::join).containsOnly("ok");
      assertThat(server.mostConnections()).isEqualTo(CAP);
      assertThat(whileWaiting).isLessThanOrEqualTo(CAP + OTHER_THREADS);
      assertThat(whileAnswered).isLessThanOrEqualTo(CAP + OTHER_THREADS);
    }
  }

  @Test
  @EnabledForJreRange(
      minVersion = FIRST_WITH_VIRTUAL_THREADS_OF_OURS,
      disabledReason = "our threads are not virtual here")
  void no_virtual_thread_is_pinned() throws Exception {
    int some = CALLS / 5;
    try (PinnedThreads pinned = new PinnedThreads();
        BelayClient client = client()) {
      List<CompletableFuture<String>> calls = sendAll(client, some, new CountDownLatch(some));
      allWait.countDown();
      assertThat(calls).extracting(CompletableFuture::join).containsOnly("ok");
      List<String> ours = pinned.stop("belay-");
      Evidence.record("4.3 2,000 asynchronous calls, pinned virtual threads", "" + ours.size());
      assertThat(ours).isEmpty();
    }
  }

  private static BelayClient client() {
    return BelayClient.builder()
        .maxConnections(CAP)
        .maxCallsInFlight(CALLS)
        .deadline(Duration.ofMinutes(1))
        .ownPool(pool -> pool.maxQueue(CALLS).maxWait(Duration.ofMinutes(1)))
        .build();
  }

  /**
   * Sends so many calls, whose futures nothing depends on before they are answered: dependents have
   * threads of their own.
   */
  private List<CompletableFuture<String>> sendAll(
      BelayClient client, int number, CountDownLatch answered) {
    ResponseHandler<String> handler = response -> counted(response, answered);
    List<CompletableFuture<String>> calls = new ArrayList<>(number);
    for (int i = 0; i < number; i++) {
      calls.add(client.sendAsync(Requests.get(server), handler));
    }
    return calls;
  }

  private static String counted(Response response, CountDownLatch answered) throws IOException {
    answered.countDown();
    return response.body().string();
  }

  private static int mostPlatformThreadsUntil(CountDownLatch answered) throws InterruptedException {
    int most = 0;
    while (!answered.await(5, TimeUnit.MILLISECONDS)) {
      most = Math.max(most, OurThreads.platform().size());
    }
    return most;
  }
}
