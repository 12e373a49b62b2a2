package dev.belay.client;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same as {@link WireFuzzTest} for parts of answers, each with who reads it. */
@Tag("endurance")
class ParserFuzzTest {
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HTTP_1", "HTTP_2"})
  void nothing_that_a_server_says_surprises_who_reads_it(FuzzTarget target) throws Exception {
    Map<String, Integer> results = FuzzRun.of(target);
    Evidence.record("6.3 fuzzed, " + target, "%,d: %s".formatted(FuzzRun.inputs(results), results));
  }
}
