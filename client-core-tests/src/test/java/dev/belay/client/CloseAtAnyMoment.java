package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A close that comes while calls are anywhere, the entry of the state included. Repeat a failed run
 * with {@code -Dbelay.seed=} and the seed of its message. For each wire in a JVM of its own: a
 * round mostly waits, and has to be the only one that has threads.
 */
@NoLeaks
@Tag("endurance")
@Tag("alone")
abstract class CloseAtAnyMoment {
  /** Rounds in which a call was cut or refused in the very state. */
  private static final int ROUNDS = 100;

  private static final int MOST_ROUNDS = 400;

  /** Of the calls on HTTP/2, where other streams write too; elsewhere none. */
  private static final double MOST_UNSEEN = 0.02;

  private static final long SEED = Long.getLong("belay.seed", System.nanoTime());

  final ExecutorService threads = Executors.newCachedThreadPool();

  private final Wire wire;

  CloseAtAnyMoment(Wire wire) {
    this.wire = wire;
  }

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

  @ParameterizedTest
  @EnumSource
  void a_close_leaves_nothing_behind_and_nobody_without_an_ending(CloseMoment moment)
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
}
