package dev.belay.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.client.Evidence;
import dev.belay.leaks.Jvm.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of a run, in projects of others: what their build makes of it. */
@Tag("endurance")
class GateTest {
  private static final String VERSIONS =
      """
      5.10.5, 1.10.5
      5.13.4, 1.13.4
      6.0.1, 6.0.1
      6.1.3, 6.1.3
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(textBlock = VERSIONS)
  void the_console_launcher_tells_by_its_exit_code(String jupiter, String console)
      throws Exception {
    Project project = Project.compiled("project", console, folder);

    Finished clean = project.console("CheckoutTest", "on");
    assertThat(clean.code()).as(clean.output()).isZero();
    assertThat(folder.resolve("leaks.json")).isNotEmptyFile();

    Finished leak = project.console("LeakingTest", "on");
    assertThat(leak.code()).as(leak.output()).isEqualTo(1);
    assertThat(leak.output())
        .contains("LeakingTest.forgets_a_socket(TestServer) left this open:")
        .containsPattern("\\[ +1 tests failed +\\]")
        .containsPattern("\\[ +0 containers failed +\\]");
    assertThat(Files.readString(folder.resolve("leaks.json"))).contains("forgets_a_socket");

    expectRedRun(project.console("CheckoutTest", "off"), "the detector is not alive");
    expectRedRun(project.console("OptOutTest", "on"), "they scrape for ever");
    Evidence.record("7.4 console launcher, Jupiter " + jupiter, "exit codes 0, 1, 1 and 1");
  }

  /** All tests pass; what fails is the run. */
  private static void expectRedRun(Finished finished, String words) {
    assertThat(finished.code()).as(finished.output()).isEqualTo(1);
    assertThat(finished.output())
        .contains(words)
        .containsPattern("\\[ +0 tests failed +\\]")
        .containsPattern("\\[ +1 containers failed +\\]");
  }

  @ParameterizedTest
  @CsvSource(textBlock = VERSIONS)
  void surefire_has_one_clear_failure(String jupiter, String console) throws Exception {
    Project project = Project.compiled("project", console, folder);

    Finished clean = project.surefire("CheckoutTest", "on", jupiter);
    assertThat(clean.code()).as(clean.output()).isZero();
    assertThat(clean.output()).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");

    Finished red = project.surefire("CheckoutTest", "off", jupiter);
    assertThat(red.code()).as(red.output()).isEqualTo(1);
    assertThat(red.output())
        .contains("the detector is not alive")
        .containsPattern("Tests run: 3, Failures: 1, Errors: 0, Skipped: 0")
        .doesNotContain("There was an error in the forked process");
    Evidence.record("7.4 Surefire, Jupiter " + jupiter, "one failure, of the run");
  }

  @Test
  void a_project_with_okhttp_4_finds_its_leaks() throws Exception {
    Project project = Project.compiled("project-okhttp4", "6.1.3", folder, "okhttp-4");

    Finished finished = project.console("OkHttpTest", "on");
    assertThat(finished.code()).as(finished.output()).isEqualTo(1);
    assertThat(finished.output())
        .contains("OkHttpTest.leaves_a_response_open(TestServer) left this open:")
        .contains("OkHttpTest.leaves_an_idle_connection(TestServer) left this open:")
        .contains("okhttp/4.12.0")
        .containsPattern("\\[ +2 tests failed +\\]");
    Evidence.record("7.4 a project with OkHttp 4.12", "both leaks found, the third test passed");
  }
}
