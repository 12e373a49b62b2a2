package dev.belay.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.client.Evidence;
import dev.belay.leaks.Jvm.Finished;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures in a JVM of its own, with both compilers and nothing else to do. */
@Tag("bench")
class GreenPathTest {
  private static final double MOST_MILLIS = 2;
  private static final Pattern RESULT =
      Pattern.compile("tests 1000, .*difference (-?[0-9.]+) ms,.* forced ([0-9]+)");

  @Test
  void a_clean_test_costs_two_milliseconds_at_most_and_no_collection() throws Exception {
    Finished finished =
        Jvm.running()
            .java(
                Jvm.classPath(""),
                Duration.ofMinutes(2),
                List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=off", GreenPath.class.getName()));
    assertThat(finished.code()).as(finished.output()).isZero();
    String result = finished.output().strip();
    System.out.println(result);
    Matcher numbers = RESULT.matcher(result);
    assertThat(numbers.find()).as(result).isTrue();
    assertThat(Double.parseDouble(numbers.group(1))).isLessThanOrEqualTo(MOST_MILLIS);
    assertThat(numbers.group(2)).as("collections that somebody asked for").isEqualTo("0");
    Evidence.record("7.2 a test that leaks nothing, with and without @NoLeaks", result);
  }
}
