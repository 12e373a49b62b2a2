package dev.belay.client;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the table of limits in docs/security.md with the code. */
@NoLeaks
class SecurityDocumentTest {
  @Test
  void limits_in_the_table_are_those_of_the_code() throws IOException {
    Map<String, String> written = new TreeMap<>();
    Documents.table("security.md", "## Limits")
        .forEach((limit, row) -> written.put(limit, row.get(1)));
    try (BelayClient client = BelayClient.builder().build()) {
      ClientSettings settings = client.state.settings;
      assertThat(written)
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(
                  entry("decoded body", number(settings.limits().sizes().body())),
                  entry("wire", number(settings.limits().sizes().wire())),
                  entry("head", number(Traces.LONGEST_HEAD)),
                  entry("error body", number(Answers.ERROR_BODY)),
                  entry("redirects", number(settings.redirects().most())),
                  entry("queue", number(settings.limits().maxQueue())),
                  entry("deadline", settings.times().deadline().toSeconds() + " s")));
    }
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  @Test
  void settings_in_the_table_are_there() throws IOException {
    List<String> setters =
        Stream.of(BelayClientBuilder.class.getMethods()).map(Method::getName).toList();
    List<String> named =
        Documents.table("security.md", "## Limits").values().stream()
            .map(row -> row.get(2))
            .filter(setting -> !setting.equals("none"))
            .toList();
    assertThat(named).isNotEmpty().isSubsetOf(setters);
  }
}
