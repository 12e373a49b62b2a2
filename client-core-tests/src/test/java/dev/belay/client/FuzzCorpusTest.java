package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzCorpusTest {
  @Test
  void no_input_that_was_ever_of_interest_is_a_surprise(@TempDir Path folder) throws Exception {
    Map<FuzzTarget, Map<String, Integer>> results = new FuzzRun(folder).replay();
    for (FuzzTarget target : FuzzTarget.values()) {
      Map<String, Integer> kinds = results.get(target);
      assertThat(kinds.keySet()).as(target + ": " + kinds).noneMatch(k -> k.startsWith("left"));
      assertThat(kinds).as("kinds of results of %s", target).hasSizeGreaterThan(1);
      assertThat(FuzzRun.inputs(kinds)).isEqualTo(inputs(target));
    }
  }

  private static long inputs(FuzzTarget target) throws Exception {
    try (Stream<Path> files = Files.list(target.corpus())) {
      return files.count();
    }
  }
}
