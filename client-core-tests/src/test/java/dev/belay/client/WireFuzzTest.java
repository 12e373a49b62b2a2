package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole answers that Jazzer makes of those that are kept, guided by the code that they reach. */
@Tag("endurance")
class WireFuzzTest {
  private static final long ANSWERS = 1_000_000;

  @Test
  void a_million_answers_are_read_or_fail_with_a_type() throws Exception {
    long start = System.nanoTime();
    Map<String, Integer> http1 = FuzzRun.of(FuzzTarget.HTTP_1);
    Map<String, Integer> http2 = FuzzRun.of(FuzzTarget.HTTP_2);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    long answers = FuzzRun.inputs(http1) + FuzzRun.inputs(http2);
    assertThat(answers).isGreaterThanOrEqualTo(ANSWERS);
    Evidence.record(
        "6.3 fuzzed answers that a caller got a RuntimeException or an Error of",
        "0 of %,d in %d s, HTTP/1.1 %s, HTTP/2 %s"
            .formatted(answers, took.toSeconds(), http1, http2));
  }
}
