package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.testkit.Answer;
import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Who gets a connection, or a place, that somebody else no longer needs, and when. */
@NoLeaks
class PassingOnTest {
  @Test
  void a_call_that_waits_goes_on_when_a_connection_is_given_back(TestServer server)
      throws Exception {
    try (BelayClient client = BelayClient.builder().maxConnections(1).build()) {
      CompletableFuture<String> waiting;
      try (Response first = client.open(Requests.get(server))) {
        waiting = client.sendAsync(Requests.get(server), Answers.text());
        assertThat(first.code()).isEqualTo(200);
        assertThat(client.snapshot().waiting()).isEqualTo(1);
      }
      assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo("ok");
      assertThat(server.totalConnections()).isEqualTo(1);
    }
  }

  @Test
  void the_connection_that_was_idle_for_longest_makes_room_for_another_origin() throws IOException {
    try (TestServer one = TestServer.start(r -> Answer.of(200, "one"));
        TestServer two = TestServer.start(r -> Answer.of(200, "two"));
        TestServer three = TestServer.start(r -> Answer.of(200, "three"));
        BelayClient client = BelayClient.builder().maxConnections(2).build()) {
      for (TestServer server : List.of(one, two, three, two)) {
        assertThat(client.send(Requests.get(server), Answers.text())).isNotEmpty();
      }
      assertThat(two.totalConnections()).isEqualTo(1);
      assertThat(client.snapshot().totals().evicted()).isEqualTo(1);
    }
  }

  @Test
  void a_busy_origin_overtakes_a_quiet_one_no_oftener_than_there_are_connections()
      throws Exception {
    List<String> served = new CopyOnWriteArrayList<>();
    CountDownLatch allWait = new CountDownLatch(1);
    try (TestServer busy =
            TestServer.start(
                r -> {
                  allWait.await();
                  served.add("busy");
                  return Answer.of(200, "ok");
                });
        TestServer quiet =
            TestServer.start(
                r -> {
                  served.add("quiet");
                  return Answer.of(200, "ok");
                });
        BelayClient client =
            BelayClient.builder().maxConnections(1).maxCallsInFlight(100).build()) {
      List<CompletableFuture<String>> calls = new ArrayList<>();
      calls.add(client.sendAsync(Requests.get(busy), Answers.text()));
      calls.add(client.sendAsync(Requests.get(quiet), Answers.text()));
      for (int i = 0; i < 20; i++) {
        calls.add(client.sendAsync(Requests.get(busy), Answers.text()));
      }
      allWait.countDown();
      for (CompletableFuture<String> call : calls) {
        assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
      }
      assertThat(served.indexOf("quiet")).isLessThanOrEqualTo(1 + 1); // who had it, who overtook
    }
  }

  @Test
  void a_place_is_passed_on_when_its_socket_is_closed_and_no_earlier() throws Exception {
    assumeTrue(KernelSockets.isAvailable(), "the kernel tells what is open");
    List<Integer> openAtOpening = new CopyOnWriteArrayList<>();
    try (TestServer server = TestServer.start(r -> Answer.of(200, "x".repeat(1_000_000)));
        BoundedPool pool =
            poolOfOne(
                () -> {
                  openAtOpening.add(KernelSockets.to(server.port()).open());
                  return 0.5;
                });
        BelayClient client = BelayClient.builder(pool).build()) {
      CompletableFuture<String> waiting;
      try (Response unread = client.open(Requests.get(server))) {
        waiting = client.sendAsync(Requests.get(server), Answers.text());
        assertThat(unread.code()).isEqualTo(200);
      } // its rest is too long to be read, so the connection goes
      assertThat(waiting.get(10, TimeUnit.SECONDS)).hasSize(1_000_000);
      assertThat(openAtOpening).containsExactly(0, 0);
    }
  }

  /**
   * @param chance asked for the age of each new connection, by the thread that gives it its place
   */
  private static BoundedPool poolOfOne(DoubleSupplier chance) {
    try (BoundedPool settings = BoundedPool.builder().maxConnections(1).build()) {
      return new BoundedPool(new PoolState(settings.state().settings, NanoClock.SYSTEM, chance));
    }
  }
}
