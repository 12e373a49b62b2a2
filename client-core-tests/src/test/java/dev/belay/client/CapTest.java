package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.belay.testkit.Answer;
import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class CapTest {
  private static final int CAP = 10;

  @Test
  void two_hundred_callers_never_have_more_sockets_than_the_cap() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "ok").after(millis(2)));
        BelayClient client = client()) {
      List<Future<String>> answers =
          callAll(200, 20, () -> client.send(Requests.get(server), Answers.text()));
      int most = 0;
      while (!answers.stream().allMatch(Future::isDone)) {
        most = Math.max(most, kernelCount(server));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("ok");
      }
      assertThat(most).isLessThanOrEqualTo(CAP);
      assertThat(server.mostConnections()).isLessThanOrEqualTo(CAP);
    }
  }

  @Test
  void four_origins_share_the_cap() throws Exception {
    List<TestServer> servers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      servers.add(TestServer.start(r -> Answer.of(200, "ok").after(millis(1))));
    }
    try (BelayClient client = client()) {
      List<Future<String>> answers = new ArrayList<>();
      for (TestServer server : servers) {
        answers.addAll(callAll(16, 25, () -> client.send(Requests.get(server), Answers.text())));
      }
      int most = 0;
      while (!answers.stream().allMatch(Future::isDone)) {
        most = Math.max(most, client.snapshot().open());
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("ok");
      }
      assertThat(most).isLessThanOrEqualTo(CAP);
    } finally {
      servers.forEach(TestServer::close);
    }
  }

  @Test
  void a_connection_that_nobody_uses_is_closed_for_another_origin() throws Exception {
    try (TestServer one = TestServer.start(r -> Answer.of(200, "one"));
        TestServer two = TestServer.start(r -> Answer.of(200, "two"));
        BelayClient client = BelayClient.builder().maxConnections(1).build()) {
      assertThat(client.send(Requests.get(one), Answers.text())).isEqualTo("one");
      assertThat(client.send(Requests.get(two), Answers.text())).isEqualTo("two");
      one.awaitOpenConnections(0, Duration.ofSeconds(5));
      assertThat(client.snapshot().totals().evicted()).isEqualTo(1);
    }
  }

  private static int kernelCount(TestServer server) {
    return KernelSockets.isAvailable()
        ? KernelSockets.to(server.port()).open()
        : server.openConnections();
  }

  private static BelayClient client() {
    return BelayClient.builder().maxConnections(CAP).maxCallsInFlight(1_000).build();
  }

  private static Duration millis(long n) {
    return Duration.ofMillis(n);
  }

  private static List<Future<String>> callAll(int threads, int each, Callable<String> call) {
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < threads * each; i++) {
      all.add(callers.submit(call));
    }
    callers.shutdown();
    assertThat(callers.isShutdown()).isTrue();
    return all;
  }

  @Test
  void a_full_pool_names_who_holds_it() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "ok"));
        BoundedPool pool =
            BoundedPool.builder().maxConnections(1).maxWait(Duration.ofMillis(50)).build();
        BelayClient client = BelayClient.builder(pool).name("billing").build();
        Response held = client.open(Requests.get(server))) {
      Throwable refused = catchThrowable(() -> client.send(Requests.get(server), Answers.text()));
      assertThat(held.isSuccessful()).isTrue();
      assertThat(refused).isInstanceOf(LimitReachedException.class);
      LimitReachedException limit = (LimitReachedException) refused;
      assertThat(limit.limit()).isEqualTo(LimitReachedException.Limit.POOL);
      assertThat(limit.outcome()).isEqualTo(Outcome.NOT_SENT);
      assertThat(limit.holders()).hasSize(1);
      assertThat(limit).hasMessageContaining("CapTest.a_full_pool_names_who_holds_it");
    }
  }
}
