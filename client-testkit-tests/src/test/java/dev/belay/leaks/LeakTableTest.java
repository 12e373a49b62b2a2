package dev.belay.leaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The table of {@code leaks.txt}: each misuse of each client gets the verdict that it deserves. */
class LeakTableTest {
  private static final List<Class<?>> FIXTURES =
      List.of(
          Misuses.JavaNetHttp.class,
          Misuses.UrlConnection.class,
          Misuses.Apache.class,
          Misuses.OkHttp.class,
          Misuses.SpringOnJdk.class,
          Misuses.SpringOnApache.class,
          Misuses.Netty.class,
          OkHttpMisuses.class,
          BelayMisuses.class,
          SharedMisuses.ClosesTheClientOfTheClass.class,
          SharedMisuses.ForgetsTheClientOfTheClass.class,
          SharedMisuses.ForgetsTheClientThatItMadeBeforeAll.class,
          SharedMisuses.ClosesAfterAllWhatItMadeBeforeAll.class,
          SharedMisuses.ForgetsAStaticClient.class,
          SharedMisuses.HasAnOptOutWithoutNeed.class,
          MomentMisuses.LeaksBeforeEach.class,
          MomentMisuses.ClosesAfterEach.class,
          MomentMisuses.Outer.class,
          MomentMisuses.Elsewhere.class);

  private static final List<LeakRow> TABLE = LeakRow.table();

  private static Ran ran;

  @BeforeAll
  static void run_them_all(@TempDir Path folder) {
    ran =
        Ran.of(
            FIXTURES.stream().map(fixture -> selectClass(fixture)).toList(),
            folder.resolve("leaks.json"),
            "on");
  }

  @AfterAll
  static void end_what_they_left() {
    Forgotten.endAll();
  }

  @TestFactory
  Stream<DynamicTest> each_misuse_gets_its_verdict() {
    return TABLE.stream().map(row -> dynamicTest(row.name(), () -> row.check(ran)));
  }

  @Test
  void the_table_has_every_misuse_of_every_client() {
    assertThat(TABLE).hasSizeGreaterThanOrEqualTo(29);
    assertThat(TABLE)
        .extracting(LeakRow::outcome)
        .doesNotHaveDuplicates()
        .containsAll(ran.tests().stream().map(Outcome::name).toList());
  }

  @Test
  void no_class_and_no_run_fails_but_those_in_the_table() {
    assertThat(ran.failedContainers())
        .extracting(Outcome::name)
        .isSubsetOf(TABLE.stream().map(LeakRow::outcome).toList());
  }
}
