package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is left of calls that fail, stall, are cancelled and interrupted, on clients that share a
 * pool and wait for everything. Repeat a failed run with {@code -Dbelay.seed=} and the seed of its
 * message. Without the leak check, which would take the stack of every call.
 */
@Tag("endurance")
class PermitsAfterMixedCallsTest {
  private static final int CALLS = 100_000;
  private static final int CLIENTS = 3;
  private static final int CALLS_IN_FLIGHT = 6;
  private static final int ATTEMPTS = 4;

  /** Fewer than the attempts of all clients, more than those of two. */
  private static final int CONNECTIONS = 10;

  /** Passes before the deadline of a call that stalls in its first attempt. */
  private static final Duration ATTEMPT = Duration.ofMillis(25);

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long SEED = Long.getLong("belay.seed", System.nanoTime());

  private static final RetryPolicy QUICK =
      RetryPolicy.builder()
          .backOff(Duration.ofMillis(1))
          .throttledBackOff(Duration.ofMillis(1))
          .build();

  @RegisterExtension final HeadTripwire heads = new HeadTripwire();

  @Test
  void every_permit_is_back_once() throws Exception {
    try (MixedServer server = new MixedServer(SEED);
        BoundedPool pool = BoundedPool.builder().maxConnections(CONNECTIONS).build()) {
      List<BelayClient> clients = IntStream.range(0, CLIENTS).mapToObj(i -> client(pool)).toList();
      MixedCalls calls = new MixedCalls(clients, server, SEED);
      calls.run(CALLS);
      calls.close();
      String where = "seed " + SEED + ": " + calls;
      await(() -> pool.state().ledger.isEmpty(), where);
      assertThat(calls.count("")).as(where).isEqualTo(CALLS);
      assertThat(calls.unexpected()).as(where).isZero();
      clients.forEach(client -> expectAllPermits(client, where));
      assertThat(pool.snapshot().leased()).as(where).isZero();
      assertThat(pool.snapshot().waiting()).as(where).isZero();
      clients.forEach(BelayClient::close);
      assertThat(pool.close(Duration.ZERO).clean()).as(where).isTrue();
      expectNothingLeft(pool, server, where);
      Evidence.record(
          "5.6 permits of " + CLIENTS + " clients after 100,000 mixed calls",
          calls + ", all permits back, 0 open at the server, no thread left");
    }
  }

  private BelayClient client(BoundedPool pool) {
    return BelayClient.builder(pool)
        .maxCallsInFlight(CALLS_IN_FLIGHT)
        .maxConcurrentAttempts(ATTEMPTS)
        .retry(QUICK)
        .attemptTimeout(ATTEMPT)
        .eventListener(heads)
        .build();
  }

  private static void expectAllPermits(BelayClient client, String where) {
    List<PermitGate> gates =
        client.state.ways().calls().gates.stream()
            .filter(PermitGate.class::isInstance)
            .map(PermitGate.class::cast)
            .toList();
    assertThat(gates)
        .as(where)
        .extracting(PermitGate::free)
        .containsExactly(CALLS_IN_FLIGHT, ATTEMPTS);
  }

  private static void expectNothingLeft(BoundedPool pool, MixedServer server, String where)
      throws IOException, InterruptedException {
    server.awaitNoneOpen(Duration.ofSeconds(1));
    assertThat(pool.snapshot().open()).as(where).isZero();
    assertThat(pool.state().ledger.isEmpty()).as(where).isTrue();
    long until = System.nanoTime() + LIMIT.toNanos();
    List<String> left = OurThreads.names();
    while (!left.isEmpty() && System.nanoTime() - until < 0) {
      left = OurThreads.names();
    }
    assertThat(left).as(where).isEmpty();
  }

  private static void await(BooleanSupplier reached, String where) {
    long until = System.nanoTime() + LIMIT.toNanos();
    while (!reached.getAsBoolean() && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    assertThat(reached.getAsBoolean()).as(where).isTrue();
  }
}
