package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** What a call left to a thread that could not be had is done when there are threads again. */
@NoLeaks
class FewThreadsTest {
  private static final CallOptions SOON = CallOptions.deadline(Duration.ofMillis(300));
  private final PoolSettings settings = settings();
  private final FewThreads threads = new FewThreads(settings);
  private final BoundedPool pool =
      new BoundedPool(new PoolState(settings, NanoClock.SYSTEM, () -> 0.5, threads));

  private static PoolSettings settings() {
    try (BoundedPool model = BoundedPool.builder().build()) {
      return model.state().settings;
    }
  }

  @Test
  void a_response_that_nobody_closes_gives_its_permit_back(TestServer server) throws Exception {
    try (LeakWarnings warnings = new LeakWarnings();
        BoundedPool closed = pool;
        BelayClient client = BelayClient.builder(closed).maxCallsInFlight(1).build();
        Response held = client.open(Requests.get(server), SOON)) {
      CountDownLatch inVain = threads.runOut();
      assertThat(inVain.await(10, TimeUnit.SECONDS)).isTrue();
      threads.recover();
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      assertThatThrownBy(() -> held.body().string()).isInstanceOf(DeadlineExceededException.class);
      assertThat(warnings.count()).isEqualTo(1);
    }
  }

  @Test
  void an_asynchronous_call_that_waits_ends_with_its_deadline(TestServer server) throws Exception {
    try (BoundedPool closed = pool;
        BelayClient client = BelayClient.builder(closed).maxCallsInFlight(1).build();
        Response held = client.open(Requests.get(server))) {
      CompletableFuture<String> waits =
          client.sendAsync(Requests.get(server), Answers.text(), SOON);
      CountDownLatch inVain = threads.runOut();
      assertThat(inVain.await(10, TimeUnit.SECONDS)).isTrue();
      threads.recover();
      assertThatThrownBy(() -> waits.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DeadlineExceededException.class);
      assertThat(held.body().string()).isEqualTo("ok");
    }
  }
}
