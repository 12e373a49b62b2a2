package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Retry-After makes of the wait before the second attempt, on a clock of the test. */
@NoLeaks
class RetryAfterTableTest {
  private static final String SENT = "Sat, 21 Nov 2026 12:00:00 GMT";
  private static final Duration DAY = Duration.ofDays(1);

  /** Every draw gives a half: half of 1 s after 429 and 503, half of 100 ms after 408. */
  private static final Duration THROTTLED = Duration.ofMillis(500);

  private static final Duration PLAIN = Duration.ofMillis(50);
  private static final AtomicInteger CELLS = new AtomicInteger();

  /** The floor is what the server asks for; null when the answer is returned at once. */
  private enum Value {
    FIVE(Duration.ofSeconds(5), "5"),
    ZERO(Duration.ZERO, "0"),
    NEGATIVE(Duration.ZERO, "-1"),
    FRACTION(Duration.ZERO, "1.5"),
    WORD(Duration.ZERO, "soon"),
    EMPTY(Duration.ZERO, ""),
    TWICE(Duration.ofSeconds(7), "3", "7"),
    ENDLESS(null, "99999999999"),
    PAST(Duration.ZERO, "Sat, 21 Nov 2026 11:58:20 GMT"),
    FUTURE(Duration.ofSeconds(7), "Sat, 21 Nov 2026 12:00:07 GMT"),
    MALFORMED(Duration.ZERO, "Sat, 99 Nov 2026 12:00:07 GMT");

    private final Duration floor;
    private final String first;
    private final String second;

    Value(Duration floor, String value) {
      this(floor, value, null);
    }

    Value(Duration floor, String first, String second) {
      this.floor = floor;
      this.first = first;
      this.second = second;
    }

    private Duration waitAfter(int status) {
      if (floor == null || status == 301) {
        return null;
      }
      Duration computed = status == 408 ? PLAIN : THROTTLED;
      return floor.compareTo(computed) > 0 ? floor : computed;
    }

    private Answer with(int status) {
      Answer answer = Answer.of(status, "").header("Date", SENT);
      answer = answer.header("Retry-After", first);
      return second == null ? answer : answer.header("Retry-After", second);
    }
  }

  static Stream<Object[]> cells() {
    return Stream.of(429, 503, 408, 301)
        .flatMap(status -> Stream.of(Value.values()).map(value -> new Object[] {status, value}));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void the_wait_is_never_shorter_than_the_server_asks_for(int status, Value value)
      throws Exception {
    ManualClock clock = new ManualClock();
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                r -> requests.getAndIncrement() == 0 ? value.with(status) : Answer.of(200));
        BoundedPool pool = Pools.on(clock);
        BelayClient client = BelayClient.builder(pool).deadline(DAY).build()) {
      CompletableFuture<Integer> call = client.sendAsync(Requests.get(server), r -> r.code());
      Duration wait = value.waitAfter(status);
      if (wait == null) {
        assertThat(call.get()).isEqualTo(status);
      } else {
        Ticket pause = awaitPause(pool.state());
        assertThat(pause.until() - clock.nanos()).isEqualTo(wait.toNanos());
        clock.pass(wait);
        long unused = pool.state().housekeeper.sweep(clock.nanos());
        assertThat(call.get()).isEqualTo(200);
      }
      CELLS.incrementAndGet();
    }
  }

  private static Ticket awaitPause(PoolState pool) {
    while (true) {
      for (CallEntry call : pool.ledger.calls()) {
        Ticket last = call.ticket();
        if (last != null && last.isWaiting() && last.gate.phase() == Phase.BACK_OFF) {
          return last;
        }
      }
      Thread.onSpinWait();
    }
  }

  @AfterAll
  static void record() throws IOException {
    Evidence.record("5.5 Retry-After: values x statuses whose wait is as it should be", CELLS + "");
  }
}
