package dev.belay.client.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.belay.client.Evidence;
import dev.belay.client.mutants.MutantTrials.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each patch in src/mutants breaks the core in one way, and the test that it names must notice. */
@Tag("endurance")
class MutantsTest {
  private static final Path PATCHES = Path.of("src/mutants");

  /** The one to try, by the name of its patch; else all. */
  private static final String ONLY = "belay.mutant";

  private final AtomicInteger caught = new AtomicInteger();

  @TestFactory
  Stream<DynamicTest> every_mutant_is_caught_by_the_test_that_it_names(@TempDir Path work)
      throws IOException {
    String only = System.getProperty(ONLY);
    List<Mutant> all = Mutant.in(PATCHES);
    List<Mutant> wanted =
        all.stream().filter(mutant -> only == null || mutant.name().equals(only)).toList();
    assertThat(wanted).as("mutants called %s, of %s", only, all).isNotEmpty();
    MutantTrials trials = new MutantTrials(work);
    List<DynamicTest> tests = wanted.stream().map(trials::begin).map(this::test).toList();
    Stream<DynamicTest> evidence =
        Stream.of(dynamicTest("evidence", () -> record(caught + " of " + all.size())));
    return Stream.concat(tests.stream(), only == null ? evidence : Stream.empty())
        .onClose(trials::close);
  }

  private DynamicTest test(Trial trial) {
    return dynamicTest(
        trial.mutant().name(),
        () -> {
          trial.expectCaught();
          caught.incrementAndGet();
        });
  }

  private static void record(String measured) throws IOException {
    Evidence.record("2.6 mutants that are caught by the tests that they name", measured);
  }
}
