package dev.belay.benchmarks.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.FakeUazapi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
  private static final String TOKEN = "t0ken-of-the-test";

  private final List<String> visible = new ArrayList<>();
  private final List<WorkerLine> lines = new ArrayList<>();

  @Test
  void a_worker_with_belay_leaves_nothing_open_and_shows_its_token_to_nobody() throws Exception {
    try (FakeUazapi server = FakeUazapi.builder().token(TOKEN).start()) {
      Job job = new Job(server.url(), TOKEN, null, List.of(new LoadPhase("some", 40, 20)));
      try (ChildProcess worker = ChildProcess.start(AfterWorker.class, job)) {
        worker.readLines(Duration.ofSeconds(30), this::take);
        assertThat(server.openConnections()).isZero();
      }
      assertThat(server.requests()).isEqualTo(40);
      assertThat(server.mostConnections()).isLessThanOrEqualTo(AfterWorker.CAP);
      assertThat(job.toString()).doesNotContain(TOKEN);
    }
    assertThat(lines.get(lines.size() - 1).result())
        .satisfies(
            result -> {
              assertThat(result.succeeded()).isEqualTo(40);
              assertThat(result.after().sockets()).isZero();
            });
    assertThat(visible).anyMatch(text -> text.contains(AfterWorker.class.getName()));
    assertThat(visible).noneMatch(text -> text.contains(TOKEN));
  }

  private void take(WorkerLine line) {
    lines.add(line);
    ProcessHandle.current().children().forEach(child -> addVisible(child, visible));
  }

  /** What other processes of this user can read of this one. */
  private static void addVisible(ProcessHandle child, List<String> target) {
    child.info().commandLine().ifPresent(target::add);
    child.info().arguments().ifPresent(arguments -> target.addAll(List.of(arguments)));
    Path environment = Path.of("/proc", Long.toString(child.pid()), "environ");
    if (Files.isReadable(environment)) {
      try {
        target.add(Files.readString(environment, StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
