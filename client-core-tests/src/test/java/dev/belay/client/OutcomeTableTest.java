package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The outcome table, row by row, protocol by protocol, request by request. */
@NoLeaks
class OutcomeTableTest {
  private static final int ROWS = 21;
  private static final int ACTORS = 8;
  private static final int PATIENCE_SECONDS = 60;
  private static final Path DOCUMENT = Path.of("..", "docs", "outcomes.md");

  /** Filled by one test after the other. */
  private final List<OutcomeCell> asExpected = new ArrayList<>();

  @Test
  void every_cell_is_tried_or_says_why_not() {
    assertThat(OutcomeTable.rows())
        .extracting(OutcomeRow::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS).boxed().toList());
    assertThat(OutcomeTable.cells())
        .hasSize(ROWS * OutcomeTable.PROTOCOLS.size() * OutcomeKind.values().length)
        .allSatisfy(
            cell -> assertThat(cell.cases().isEmpty()).isNotEqualTo(cell.whyNot().isEmpty()));
  }

  @Test
  void what_may_have_been_done_is_not_done_again_without_a_key() {
    assertThat(OutcomeTable.rows())
        .flatExtracting(OutcomeRow::cases)
        .filteredOn(
            one -> one.ending().outcome() == null || one.ending().outcome() == Outcome.UNKNOWN)
        .isNotEmpty()
        .allSatisfy(
            one -> assertThat(one.expectedAttempts(OutcomeKind.POST)).isLessThanOrEqualTo(1));
  }

  @Test
  void each_call_has_a_key_of_its_own() throws IOException {
    try (FailingServer server = FailingServer.of(Wire.CLEAR, Act.status(500));
        BelayClient client =
            OutcomeKind.KEYED.applyTo(BelayClient.builder().retry(Scene.TWICE)).build()) {
      for (int call = 0; call < 2; call++) {
        Ending ending = Ending.of(client, OutcomeKind.KEYED.request(server.url()));
        assertThat(ending.counts().attempts()).isEqualTo(2);
      }
      List<String> keys =
          server.heads().stream().map(head -> "" + head.get(OutcomeKind.KEY)).toList();
      assertThat(keys).hasSize(4).doesNotContain("null");
      assertThat(keys.subList(0, 2)).containsOnly(keys.get(0)).doesNotContain(keys.get(2));
      assertThat(keys.subList(2, 4)).containsOnly(keys.get(2));
    }
  }

  @Test
  void the_document_shows_it() throws IOException {
    assertThat(Files.readAllLines(DOCUMENT))
        .containsSequence(OutcomeDocument.table())
        .containsSequence(OutcomeDocument.absent());
  }

  /** Side by side, because most of them wait for most of their time. */
  @TestFactory
  Stream<DynamicTest> cell() {
    ExecutorService actors = Executors.newFixedThreadPool(ACTORS);
    List<DynamicTest> plays =
        OutcomeTable.cells().stream()
            .flatMap(cell -> cell.cases().stream().map(one -> play(cell, one, actors)))
            .toList();
    actors.shutdown();
    return Stream.concat(plays.stream(), Stream.of(evidence(plays.size())));
  }

  private DynamicTest play(OutcomeCell cell, OutcomeCase one, ExecutorService actors) {
    Future<Ending> play = actors.submit(() -> one.scene().play(cell.wire(), cell.kind()));
    Ending expected = one.expected(cell.kind());
    String name = cell + (one.name().isEmpty() ? "" : ": " + one.name());
    return dynamicTest(
        name,
        () -> {
          Ending seen = play.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
          assertThat(seen.inTermsOf(expected)).as(name).isEqualTo(expected);
          asExpected.add(cell);
        });
  }

  private DynamicTest evidence(int plays) {
    return dynamicTest(
        "all of them",
        () -> {
          assertThat(asExpected).hasSize(plays);
          int tested = Set.copyOf(asExpected).size();
          int absent = OutcomeTable.cells().size() - tested;
          Evidence.record(
              "5.1 outcome table",
              tested + " cells tested with " + plays + " calls, " + absent + " not applicable");
        });
  }
}
