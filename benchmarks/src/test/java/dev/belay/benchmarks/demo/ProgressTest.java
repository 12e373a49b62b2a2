package dev.belay.benchmarks.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void a_log_gets_a_line_for_each_quarter() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (Progress progress = new PlainProgress("after", 1_200, out)) {
      for (int done = 0; done <= 1_200; done += 100) {
        progress.at(done);
        progress.at(done);
      }
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "after: 300 of 1,200 requests",
            "after: 600 of 1,200 requests",
            "after: 900 of 1,200 requests",
            "after: 1,200 of 1,200 requests");
  }

  @Test
  void a_bar_is_drawn_only_where_somebody_watches() {
    assertThat(Progress.isWatched(true, Map.of("TERM", "xterm"))).isTrue();
    assertThat(Progress.isWatched(true, Map.of("CI", ""))).isTrue();
    assertThat(Progress.isWatched(false, Map.of("TERM", "xterm"))).isFalse();
    assertThat(Progress.isWatched(true, Map.of("CI", "true"))).isFalse();
    assertThat(Progress.isWatched(true, Map.of("TERM", "dumb"))).isFalse();
  }
}
