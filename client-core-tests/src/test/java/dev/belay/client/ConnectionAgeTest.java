package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Idle time and maximum age, exact on a clock that only the test moves. */
@NoLeaks
class ConnectionAgeTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration MILLI = Duration.ofMillis(1);
  private final ManualClock clock = new ManualClock();

  @Test
  void an_idle_connection_is_closed_when_its_idle_time_is_over_and_not_before(TestServer server)
      throws Exception {
    try (BoundedPool pool = Pools.on(clock);
        BelayClient client = BelayClient.builder(pool).build()) {
      client.send(Requests.get(server), Answers.discard());
      clock.pass(Duration.ofSeconds(30).minus(MILLI));
      sweep(pool);
      assertThat(pool.snapshot().idle()).isEqualTo(1);
      clock.pass(MILLI);
      sweep(pool);
      assertThat(pool.snapshot().open()).isZero();
      server.awaitOpenConnections(0, SOON);
    }
  }

  @Test
  void a_connection_past_its_maximum_age_is_not_used_again(TestServer server) throws Exception {
    try (BoundedPool pool = Pools.on(clock);
        BelayClient client = BelayClient.builder(pool).build()) {
      client.send(Requests.get(server), Answers.discard());
      clock.pass(Duration.ofHours(1).minus(MILLI));
      client.send(Requests.get(server), Answers.discard());
      assertThat(pool.snapshot().idle()).isEqualTo(1);
      clock.pass(MILLI);
      client.send(Requests.get(server), Answers.discard());
      assertThat(pool.snapshot().open()).isZero();
      server.awaitOpenConnections(0, SOON);
      assertThat(server.totalConnections()).isEqualTo(1);
    }
  }

  @Test
  void connections_made_together_do_not_end_together(TestServer server) throws IOException {
    Duration earliest = Duration.ofHours(1).multipliedBy(975).dividedBy(1_000);
    try (BoundedPool pool = Pools.on(clock, 0);
        BelayClient client = BelayClient.builder(pool).build()) {
      client.send(Requests.get(server), Answers.discard());
      clock.pass(earliest.minus(MILLI));
      client.send(Requests.get(server), Answers.discard());
      assertThat(pool.snapshot().open()).isEqualTo(1);
      clock.pass(MILLI.plus(MILLI));
      client.send(Requests.get(server), Answers.discard());
      assertThat(pool.snapshot().open()).isZero();
    }
  }

  private void sweep(BoundedPool pool) {
    long unused = pool.state().housekeeper.sweep(clock.nanos());
  }
}
