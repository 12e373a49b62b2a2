package dev.belay.benchmarks.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.benchmarks.Json;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {
  private static final List<LoadPhase> SMALL =
      List.of(new LoadPhase("one", 3, 1), new LoadPhase("many", 40, 20));

  private final PrintStream nowhere =
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

  @Test
  void the_worker_as_it_was_leaves_everything_open() throws Exception {
    Column before = Round.withFake("before", BeforeWorker.class, SMALL, nowhere);
    assertThat(before.worker().succeeded()).isEqualTo(43);
    assertThat(before.mostConnections()).isEqualTo(43);
    assertThat(before.leftOpen()).isEqualTo(43);
    assertThat(before.worker().latencies().count()).isEqualTo(43);
    assertThat(before.timeline()).isNotEmpty();
    assertThat(Json.read(Json.line(before), Column.class)).isEqualTo(before);
    assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
  }
}
