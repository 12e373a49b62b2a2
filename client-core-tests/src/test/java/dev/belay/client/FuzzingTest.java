package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Jazzer makes of the inputs that are kept, guided by the code that they reach. */
@Tag("endurance")
class FuzzingTest {
  private static final long ANSWERS = 1_000_000;

  /** It stays, because what was found is in it. */
  private static final Path SCRATCH = Path.of("target", "fuzz").toAbsolutePath();

  @Test
  void a_million_answers_are_read_or_fail_with_a_type() throws Exception {
    long start = System.nanoTime();
    Map<String, Integer> http1 = fuzz(FuzzTarget.HTTP_1);
    Map<String, Integer> http2 = fuzz(FuzzTarget.HTTP_2);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    long answers = FuzzRun.inputs(http1) + FuzzRun.inputs(http2);
    assertThat(answers).isGreaterThanOrEqualTo(ANSWERS);
    Evidence.record(
        "6.3 fuzzed answers that a caller got a RuntimeException or an Error of",
        "0 of %,d in %d s, HTTP/1.1 %s, HTTP/2 %s"
            .formatted(answers, took.toSeconds(), http1, http2));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HTTP_1", "HTTP_2"})
  void nothing_that_a_server_says_surprises_who_reads_it(FuzzTarget target) throws Exception {
    Map<String, Integer> results = fuzz(target);
    Evidence.record("6.3 fuzzed, " + target, "%,d: %s".formatted(FuzzRun.inputs(results), results));
  }

  private static Map<String, Integer> fuzz(FuzzTarget target) throws Exception {
    Path scratch = Files.createDirectories(SCRATCH);
    Path folder = Files.createTempDirectory(scratch, target.label() + "-");
    Map<String, Integer> results = new FuzzRun(folder).fuzz(target);
    assertThat(results.keySet()).as(results.toString()).noneMatch(k -> k.startsWith("left"));
    return results;
  }
}
