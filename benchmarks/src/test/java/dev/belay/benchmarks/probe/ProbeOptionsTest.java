package dev.belay.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeOptionsTest {
  private static final List<String> URL = List.of("--url", "http://127.0.0.1:9/");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --count x              | --count
          --count 0              | --count
          --threads 0            | --threads
          --mode twice           | --mode
          --deadline soon        | --deadline
          --deadline 0s          | deadline
          --cap 0                | maxConnections
          --attempts 0           | maxAttempts
          --leak 1               | --leak
          --leak -1 --mode open  | --leak
          --body-bytes -1        | --body-bytes
          --body-bytes 3         | GET
          --method A:B           | --method
          --close-after PT-1S    | --close-after
          --ca no-such-file      | --ca
          --header NoColon       | --header
          --bogus                | --bogus
          """)
  void a_wrong_option_is_named_in_one_line(String arguments, String name) throws Exception {
    Ran ran =
        Ran.probe(
            Stream.concat(URL.stream(), Stream.of(arguments.split(" "))).toArray(String[]::new));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).startsWith("probe: ").contains(name);
  }

  @Test
  void the_url_is_required_and_has_to_be_one() throws Exception {
    assertThat(Ran.probe().err()).startsWith("probe: ").contains("--url");
    Ran ran = Ran.probe("--url", "nowhere");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines()).hasSize(1);
  }

  @Test
  void help_names_every_option_and_is_no_mistake() throws Exception {
    Ran ran = Ran.probe("--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("--secret-header", "--close-after", "--h2");
  }
}
