package dev.belay.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.leaks.Jvm.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has no part of Belay but the testkit, and none of its libraries, finds his leaks as well. */
class AloneTest {
  @Test
  void the_leak_part_needs_nothing_but_junit(@TempDir Path folder) throws Exception {
    Path report = folder.resolve("leaks.json");
    Finished finished =
        Jvm.running()
            .java(
                Jvm.classPath(
                    "/client-testkit/",
                    "/belay-client-testkit/",
                    "/client-testkit-tests/",
                    "/org/junit/",
                    "/org/opentest4j/",
                    "/org/apiguardian/"),
                Duration.ofSeconds(50),
                List.of("-XX:TieredStopAtLevel=1", Alone.class.getName(), report.toString()));
    assertThat(finished.code()).as(finished.output()).isZero();
    assertThat(finished.output())
        .contains(
            "there: []",
            "Alone.closes_its_client passed",
            "Alone.leaves_an_answer_of_java_net_http_unread failed: ",
            "Alone.leaves_an_answer_of_url_connection_unread failed: ",
            "unread answer",
            "run passed")
        .doesNotContain("NoClassDefFoundError");
    assertThat(Files.readString(report)).contains("unread answer");
  }
}
