package dev.belay.uazapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonViewTest {
  private static final Token TOKEN = Token.of(Samples.TOKEN);

  @Test
  void a_field_of_another_type_reads_as_empty() {
    JsonView view = JsonView.read("{\"a\":[1],\"b\":null,\"c\":{\"d\":\"x\"},\"e\":1.5}", TOKEN);
    assertThat(view).isNotNull();
    for (String name : new String[] {"a", "b", "c", "e", "missing"}) {
      assertThat(view.text(name)).isEmpty();
      assertThat(view.flag(name)).isNull();
      assertThat(view.number(name)).isNull();
      assertThat(view.time(name)).isNull();
    }
    assertThat(view.object("c").text("d")).isEqualTo("x");
    assertThat(view.object("a").object("b").text("d")).isEmpty();
  }

  @Test
  void extreme_json_is_no_object_or_reads_as_empty() {
    assertThat(JsonView.read("[".repeat(100_000), TOKEN)).isNull();
    assertThat(JsonView.read("{\"a\":".repeat(100_000), TOKEN)).isNull();
    assertThat(JsonView.read("{\"a\":" + "9".repeat(5_000) + "}", TOKEN)).isNull();
    assertThat(JsonView.read("{\"a\":1} trailing", TOKEN)).isNull();
    JsonView numbers = JsonView.read("{\"a\":1e99999,\"b\":" + "9".repeat(500) + "}", TOKEN);
    assertThat(numbers).isNotNull();
    assertThat(numbers.number("a")).isNull();
    assertThat(numbers.time("b")).isNull();
  }

  @Test
  void no_bytes_of_a_server_make_a_verdict_throw() {
    Random random = new Random(7);
    String sample = Samples.read("errors/500.time-lock.json");
    for (int i = 0; i < 2_000; i++) {
      StringBuilder body = new StringBuilder(sample);
      for (int n = 0; n < 1 + i % 8; n++) {
        body.setCharAt(random.nextInt(body.length()), (char) random.nextInt(0x3000));
      }
      Reply reply = Samples.reply(200 + random.nextInt(400), body.toString());
      assertThat(Verdict.of(reply).error().text().length()).isLessThanOrEqualTo(200);
      assertThat(InstanceStatus.of(reply.json()).state()).isEqualTo(InstanceState.UNKNOWN);
    }
  }
}
