package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzCorpusTest {
  /** Faults that are the time or the manner in which the bytes of another one come or end. */
  private static final Pattern OF_TIME =
      Pattern.compile(
          "rst-|stall-|trickle-|1xx-trickle|keepalive-race|idle-close|flaky|redirect-refused"
              + "|redirect-downgrade|h2-stall");

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

  @Test
  void every_fault_that_is_made_of_bytes_is_among_them() {
    for (Fault fault : Fault.values()) {
      FuzzTarget target =
          switch (fault.layer()) {
            case CONNECTION, TLS -> null;
            case HTTP_1 -> FuzzTarget.HTTP_1;
            case HTTP_2 -> FuzzTarget.HTTP_2;
          };
      if (target != null && !OF_TIME.matcher(fault.label()).lookingAt()) {
        assertThat(target.corpus().resolve(fault.label())).isRegularFile();
      }
    }
  }

  private static long inputs(FuzzTarget target) throws Exception {
    try (Stream<Path> files = Files.list(target.corpus())) {
      return files.count();
    }
  }
}
