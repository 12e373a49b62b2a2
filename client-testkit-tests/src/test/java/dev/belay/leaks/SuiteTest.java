package dev.belay.leaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.client.Evidence;
import dev.belay.leaks.Jvm.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 200 tests, eight at a time, of which 20 leak in ten ways. */
@Tag("endurance")
class SuiteTest {
  private static final int RUNS = 20;
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String LINE =
      "7.1 200 tests, eight at a time, 20 of them leak in ten ways: exactly those fail, on JDK ";

  @TempDir Path folder;

  @Test
  void exactly_the_twenty_that_leak_fail_on_the_newest_jdk() throws Exception {
    Map.Entry<Integer, Jvm> newest = Jvm.installed().lastEntry();
    exactlyTheGuiltyFail(newest.getKey(), newest.getValue());
  }

  @Test
  void exactly_the_twenty_that_leak_fail_on_the_oldest_jdk() throws Exception {
    Jvm oldest = Jvm.installed().get(Jvm.FLOOR);
    if (oldest == null) {
      Evidence.record(LINE + Jvm.FLOOR, "not run: no such JDK beside the running one");
    }
    assumeTrue(oldest != null, "no JDK 17 is installed beside the running one");
    exactlyTheGuiltyFail(Jvm.FLOOR, oldest);
  }

  private void exactlyTheGuiltyFail(int version, Jvm jvm) throws Exception {
    long start = System.nanoTime();
    Finished finished =
        jvm.java(
            Jvm.classPath(""),
            LIMIT,
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                Suite.class.getName(),
                folder.toString(),
                "" + RUNS));
    assertThat(finished.output()).contains("run " + RUNS + ": ").doesNotContain("failed: ");
    assertThat(finished.code()).as(finished.output()).isZero();
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    Evidence.record(LINE + version, RUNS + " runs in a row, " + seconds + " s in all");
  }

  @Test
  void with_the_detector_off_the_canary_makes_the_run_red() throws IOException {
    Ran ran = Suite.run(folder.resolve("off.json"), "off");
    assertThat(ran.outcome("run").messages())
        .anySatisfy(m -> assertThat(m).contains("the detector is not alive"));
    assertThat(ran.tests().stream().filter(Outcome::failed))
        .as("no test fails but by itself")
        .extracting(Outcome::name)
        .containsExactlyInAnyOrder("AfterAFailure.leaks_by_apache", "AfterAFailure.leaks_by_belay");
    Evidence.record(
        "7.1 the same 200 tests with the detector off", "red: the canary was not found");
  }
}
