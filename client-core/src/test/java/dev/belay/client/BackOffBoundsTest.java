package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.client.ManualPool.CountingWaker;
import java.time.Duration;
import java.util.Random;
import okhttp3.Protocol;
import okhttp3.Response;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Policies by chance, and whatever they are asked: no pause is out of its bounds. */
class BackOffBoundsTest {
  private static final Duration DAY = Duration.ofDays(1);

  @RepeatedTest(100)
  void every_pause_lies_between_the_wish_of_the_server_and_the_limit(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    RetryPolicy policy = policy(random);
    ManualPool pool = new ManualPool(random::nextDouble);
    Origins origins = new Origins(pool.state.clock);
    CallEntry call = pool.call(new CountingWaker(), DAY);
    for (int attempt = 1; attempt < policy.maxAttempts(); attempt++) {
      int status = random.nextBoolean() ? 503 : 500;
      Duration wish = random.nextBoolean() ? null : Duration.ofMillis(random.nextInt(40_000));
      Duration pause = policy.retrying().after(call, origins, answer(call, status), wish);
      assertThat(pause)
          .isNotNull()
          .isGreaterThanOrEqualTo(wish == null ? Duration.ZERO : wish)
          .isLessThanOrEqualTo(longest(policy, attempt, status, wish));
    }
    assertThat(policy.retrying().after(call, origins, answer(call, 500), null)).isNull();
  }

  private static RetryPolicy policy(Random random) {
    Duration first = Duration.ofMillis(random.nextInt(2_000));
    Duration throttled = Duration.ofMillis(random.nextInt(5_000));
    return RetryPolicy.builder()
        .maxAttempts(1 + random.nextInt(70)) // 2 to the power of 69 milliseconds is no long
        .backOff(first)
        .throttledBackOff(throttled)
        .maxBackOff(Duration.ofMillis(5_000 + random.nextInt(60_000)))
        .withoutBudget()
        .build();
  }

  private static Duration longest(RetryPolicy policy, int attempt, int status, Duration wish) {
    Duration base = status == 503 ? policy.throttledBackOff() : policy.backOff();
    double doubled = base.toMillis() * Math.pow(2, attempt - 1);
    long limit = (long) Math.min(doubled, (double) policy.maxBackOff().toMillis());
    return Duration.ofMillis(Math.max(limit, wish == null ? 0 : wish.toMillis()));
  }

  private static Response answer(CallEntry call, int status) {
    return new Response.Builder()
        .request(call.request)
        .protocol(Protocol.HTTP_1_1)
        .code(status)
        .message("")
        .build();
  }
}
