package dev.belay.benchmarks.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.FakeUazapi;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  private static final String TOKEN = "t0ken-of-the-test";

  @TempDir Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Properties properties) {
    properties.setProperty("maven.multiModuleProjectDirectory", root.toString());
    return Demo.run(
        properties,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static Properties to(FakeUazapi server) {
    Properties properties = new Properties();
    properties.setProperty("belay.url", server.url());
    properties.setProperty("belay.token", TOKEN);
    return properties;
  }

  @Test
  void a_wrong_option_is_one_line_and_code_2() {
    Properties properties = new Properties();
    properties.setProperty("belay.token", TOKEN);
    assertThat(run(properties)).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("demo: ")
        .contains("-Dbelay.url")
        .doesNotContain(TOKEN)
        .hasLineCount(1);
  }

  @Test
  void a_server_of_the_user_is_asked_for_its_status_and_nothing_is_sent() throws Exception {
    try (FakeUazapi server = FakeUazapi.builder().token(TOKEN).start()) {
      assertThat(run(to(server))).as(this::printed).isZero();
      assertThat(server.requests()).isEqualTo(1_200);
      assertThat(server.messages()).isEmpty();
      assertThat(server.openConnections()).isZero();
    }
    Path folder = root.resolve("target").resolve("demo");
    assertThat(printed()).contains("no message").doesNotContain(TOKEN);
    assertThat(Files.readString(folder.resolve("report.json"))).doesNotContain(TOKEN);
    assertThat(folder.resolve("chart.png")).isNotEmptyFile();
  }

  @Test
  void with_a_number_messages_are_sent_and_failures_are_not_hidden() {
    try (FakeUazapi server = FakeUazapi.builder().token(TOKEN).state("disconnected").start()) {
      Properties properties = to(server);
      properties.setProperty("belay.number", "5500900000002");
      assertThat(run(properties)).as(this::printed).isEqualTo(1);
      assertThat(server.requests()).isEqualTo(1_200);
    }
    assertThat(printed()).contains("1,200 messages to 5500900000002").contains("demo: FAILED");
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }
}
