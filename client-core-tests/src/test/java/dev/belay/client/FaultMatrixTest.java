package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.belay.testkit.Fault;
import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What a user gets from every fault: the table in fault-matrix.txt. */
@NoLeaks
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FaultMatrixTest {
  private static final int PATIENT = 20;
  private static final int BUSY = 6;
  private static final int FEW = 4;

  /** Little, because what is encrypted takes the processor of a test that has just begun. */
  private static final long BODY_LIMIT = 256 * 1024;

  /** The promise is 250 ms; this is about hanging, on a machine that others use too. */
  private static final Duration LATE = Duration.ofSeconds(2);

  @Test
  void every_fault_has_a_row_and_every_row_a_fault() throws IOException {
    assertThat(FaultTable.read().keySet()).containsExactlyInAnyOrderElementsOf(FaultMatrix.cells());
  }

  @TestFactory
  Stream<DynamicTest> every_fault() throws Exception {
    Map<FaultCell, FaultRow> table = FaultTable.read();
    long start = System.nanoTime();
    Map<FaultCell, FaultEnding> endings = run(table, PATIENT, BUSY);
    endings.putAll(run(disturbed(table, endings), FEW, 1));
    record(endings, Duration.ofNanos(System.nanoTime() - start));
    return endings.entrySet().stream()
        .map(
            one ->
                dynamicTest(
                    one.getKey().toString(), () -> check(table.get(one.getKey()), one.getValue())));
  }

  private static Map<FaultCell, FaultEnding> run(
      Map<FaultCell, FaultRow> cells, int patient, int busy) throws Exception {
    try (FaultMatrix matrix = new FaultMatrix(BODY_LIMIT)) {
      matrix.warmUp();
      return matrix.run(cells, patient, busy);
    }
  }

  /**
   * Those that a time-out ended which others provoked; they get a second chance with few beside
   * them.
   */
  private static Map<FaultCell, FaultRow> disturbed(
      Map<FaultCell, FaultRow> table, Map<FaultCell, FaultEnding> endings) {
    Map<FaultCell, FaultRow> cells = new LinkedHashMap<>(table);
    cells
        .entrySet()
        .removeIf(
            one -> {
              FaultEnding ending = Objects.requireNonNull(endings.get(one.getKey()));
              return !ending.hasTimedOut() || one.getValue().differences(ending).isEmpty();
            });
    return cells;
  }

  private static void record(Map<FaultCell, FaultEnding> endings, Duration took)
      throws IOException {
    long last =
        endings.values().stream()
            .mapToLong(ending -> ending.took().minus(FaultCall.DEADLINE).toMillis())
            .max()
            .orElseThrow();
    Evidence.record(
        "6.1 every fault of the table, GET and POST",
        "%d faults, and %d effects of MockWebServer; %d cells in %.1f s; latest %d ms past its deadline"
            .formatted(
                Fault.values().length,
                MockPlace.names().count(),
                endings.size(),
                took.toMillis() / 1000.0,
                last));
  }

  private static void check(FaultRow row, FaultEnding ending) {
    List<String> differences = row.differences(ending);
    if (!differences.isEmpty()) {
      throw new AssertionError(String.join(", ", differences), ending.failure());
    }
    assertThat(ending.took()).isLessThan(FaultCall.DEADLINE.plus(LATE));
    assertThat(ending.strayed()).as("requests that went elsewhere").isZero();
    assertThat(ending.open()).as("connections at the server after the close").isFalse();
    assertThat(ending.next()).as("the next call").isEqualTo("ok");
  }
}
