package dev.belay.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A row of {@code leaks.txt}.
 *
 * @param outcome the name of the test, class or run
 * @param verdict {@code clean}, or words of the report; {@code N: } before them if it is clean
 *     before JDK N
 * @param place the file whose lines that leak end in {@code // leak}, one of which is in the
 *     report; {@code -} where nobody knows
 * @param more more words of the report: the request, the remedy
 */
record LeakRow(String client, String outcome, String verdict, String place, String more) {
  private static final int LONGEST_REPORT = 15;

  static List<LeakRow> table() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(LeakRow.class.getResourceAsStream("/leaks.txt")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(LeakRow::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LeakRow of(String line) {
    String[] cells = line.strip().split("\\s*\\|\\s*", -1);
    return new LeakRow(cells[0], cells[1], cells[2], cells[3], cells[4]);
  }

  String name() {
    return client + ", " + outcome + ": " + verdict;
  }

  void check(Ran ran) throws IOException {
    Outcome found = ran.outcome(outcome);
    if (isClean()) {
      assertThat(found.failure()).isEmpty();
      return;
    }
    assertThat(found.messages()).anySatisfy(this::checkReport);
    if (outcome.contains("fails_")) {
      assertThat(found.messages().get(0)).startsWith("its own failure");
    }
  }

  private boolean isClean() {
    return verdict.equals("clean") || Runtime.version().feature() < since();
  }

  private int since() {
    int colon = verdict.indexOf(": ");
    return colon < 0 ? 0 : Integer.parseInt(verdict.substring(0, colon));
  }

  private void checkReport(String report) throws IOException {
    assertThat(report).contains(verdict.substring(verdict.indexOf(": ") + 1).strip());
    for (String words : more.split("; ", -1)) {
      assertThat(report).contains(words);
    }
    assertThat(report.lines().count()).isLessThanOrEqualTo(LONGEST_REPORT + 1);
    if (!place.equals("-")) {
      assertThat(lineOf(report)).endsWith("// leak");
    }
  }

  /** The line of source that the report names. */
  private String lineOf(String report) throws IOException {
    String number =
        Pattern.compile("\\(" + place + "\\.java:(\\d+)\\)")
            .matcher(report)
            .results()
            .map((MatchResult found) -> found.group(1))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no line of " + place + " in " + report));
    Path source = Path.of("src/test/java/dev/belay/leaks", place + ".java");
    return Files.readAllLines(source).get(Integer.parseInt(number) - 1);
  }
}
