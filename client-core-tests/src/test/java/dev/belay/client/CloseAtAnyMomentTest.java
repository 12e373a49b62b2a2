package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A close that comes while calls are anywhere, the entry of the state included. Repeat a failed run
 * with {@code -Dbelay.seed=} and the seed of its message.
 */
@NoLeaks
@Tag("endurance")
@Tag("alone")
class CloseAtAnyMomentTest {
  /** Rounds in which a call was cut or refused in the very state. */
  private static final int ROUNDS = 100;

  private static final int MOST_ROUNDS = 400;

  /** Of the calls on HTTP/2, where other streams write too; elsewhere none. */
  private static final double MOST_UNSEEN = 0.02;

  private static final long SEED = Long.getLong("belay.seed", System.nanoTime());

  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** The first call of a JVM loads OkHttp and the trust store, which is not what is timed here. */
  @BeforeEach
  void loadClasses(TestServer server) throws IOException {
    try (BelayClient client = BelayClient.builder().build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
    }
  }

  @AfterEach
  void endCallers() {
    threads.shutdown();
  }

  static Stream<Arguments> everywhere() {
    return Stream.of(Wire.values())
        .flatMap(wire -> Stream.of(CloseMoment.values()).map(moment -> arguments(moment, wire)));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void a_close_leaves_nothing_behind_and_nobody_without_an_ending(CloseMoment moment, Wire wire)
      throws Exception {
    CloseTally tally = new CloseTally(moment);
    try (Uncaught uncaught = new Uncaught()) {
      while (tally.hits() < ROUNDS) {
        String where = moment + " on " + wire + ", round " + tally.rounds() + ", seed " + SEED;
        assertThat(tally.rounds()).as(where + ": " + tally).isLessThan(MOST_ROUNDS);
        CloseRound round = new CloseRound(moment, wire, SEED + tally.rounds(), threads, where);
        tally.add(round.run());
        assertThat(uncaught.seen()).as(where).isEmpty();
      }
    }
    assertThat(tally.unseen()).as(tally.toString()).isLessThan(MOST_UNSEEN);
    String line = wire == Wire.CLEAR ? "2.2 close" : "4.6 " + wire + ", close";
    Evidence.record(line + " at a random moment, " + moment, tally.toString());
  }

  @Test
  void users_code_that_does_not_return_holds_up_a_close_no_longer(TestServer server)
      throws Exception {
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    ResponseHandler<String> stuck =
        response -> {
          inside.countDown();
          assertThatCode(release::await).doesNotThrowAnyException();
          return "left";
        };
    try (BelayClient client = BelayClient.builder().build();
        Stalls stalls = new Stalls()) {
      CompletableFuture<String> async = client.sendAsync(Requests.get(server), stuck);
      Future<String> sync = threads.submit(() -> client.send(Requests.get(server), stuck));
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
      Stalls.Timed<CloseReport> close = stalls.time(() -> client.close(CloseRound.GRACE));
      server.awaitOpenConnections(0, Duration.ofSeconds(1));
      release.countDown();
      assertThat(async.get(10, TimeUnit.SECONDS)).isEqualTo("left");
      assertThat(sync.get(10, TimeUnit.SECONDS)).isEqualTo("left");
      assertThat(close.took()).as(close.toString()).isLessThanOrEqualTo(CloseRound.CLOSE_LIMIT);
    }
  }

  @Test
  void the_witness_for_threads_sees_those_of_a_connection(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
      assertThat(OurThreads.names()).contains("belay-connection http://127.0.0.1:" + server.port());
    }
  }
}
