package dev.belay.benchmarks.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.benchmarks.demo.DemoOptions.WrongOptionException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoOptionsTest {
  private static final String TOKEN = "t0ken-of-the-test";

  /** Each as {@code name=value}, without its prefix. */
  private static Properties of(String... options) {
    Properties properties = new Properties();
    for (String option : options) {
      String[] parts = option.split("=", 2);
      properties.setProperty("belay." + parts[0], parts[1]);
    }
    return properties;
  }

  @Test
  void without_options_the_demo_is_at_home() throws Exception {
    assertThat(DemoOptions.of(of()).url()).isNull();
  }

  @Test
  void with_url_and_token_only_the_status_is_read() throws Exception {
    DemoOptions options = DemoOptions.of(of("url=https://acme.example", "token=" + TOKEN));
    assertThat(options.number()).isNull();
    assertThat(options).hasToString("https://acme.example, status only, token ***");
  }

  @Test
  void a_number_turns_to_messages() throws Exception {
    DemoOptions options =
        DemoOptions.of(of("url=http://127.0.0.1:1", "token=" + TOKEN, "number=5511999999999"));
    assertThat(options.toString()).contains("messages").doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          url=https://acme.example                               | -Dbelay.token
          token=t0ken-of-the-test                                | -Dbelay.url
          number=5511999999999                                   | -Dbelay.url
          url=https://acme.example token=                        | -Dbelay.token
          url= token=t0ken-of-the-test                           | -Dbelay.url
          url=acme token=t0ken-of-the-test                       | -Dbelay.url
          url=ftp://acme.example token=t0ken-of-the-test         | -Dbelay.url
          url=http://acme.example token=t0ken-of-the-test        | -Dbelay.url
          url=https://a.example?t0ken-of-the-test token=t0ken-of-the-test | -Dbelay.url
          url=https://a.example token=t0ken-of-the-test number=x | -Dbelay.number
          """)
  void a_mistake_is_named_without_the_token(String options, String name) {
    assertThatThrownBy(() -> DemoOptions.of(of(options.split(" "))))
        .isInstanceOf(WrongOptionException.class)
        .hasMessageContaining(name)
        .hasMessageNotContaining(TOKEN);
  }
}
