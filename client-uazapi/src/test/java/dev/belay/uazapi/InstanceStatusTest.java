package dev.belay.uazapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.FakeUazapi;
import dev.belay.testkit.NoLeaks;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NoLeaks
class InstanceStatusTest {

  private static InstanceStatus of(String body) {
    return InstanceStatus.of(Objects.requireNonNull(JsonView.read(body, Token.of(Samples.TOKEN))));
  }

  @Test
  void a_connected_instance_is_read_completely() {
    assertThat(of(Samples.read("instance/status.connected.json")))
        .isEqualTo(
            new InstanceStatus(
                InstanceState.CONNECTED,
                "connected",
                true,
                true,
                "5500900000001@s.whatsapp.net",
                "instancia-exemplo",
                "Perfil Exemplo",
                ""));
  }

  @Test
  void a_disconnected_instance_says_why() {
    InstanceStatus status = of(Samples.read("instance/status.disconnected.json"));
    assertThat(status.state()).isEqualTo(InstanceState.DISCONNECTED);
    assertThat(status.connected()).isFalse();
    assertThat(status.jid()).isEmpty();
    assertThat(status.lastDisconnectReason()).isEqualTo("401: logged out from another device");
  }

  @Test
  void a_hibernated_instance_is_not_connected() {
    InstanceStatus status = of(Samples.read("instance/status.hibernated.json"));
    assertThat(status.state()).isEqualTo(InstanceState.HIBERNATED);
    assertThat(status.connected()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"instance\":{\"status\":\"connected\"}}                                     | true",
        "{\"instance\":{\"status\":\"CONNECTED\"},\"status\":{\"connected\":true}}     | true",
        "{\"instance\":{},\"status\":\"connected\"}                                    | true",
        "{\"instance\":{\"status\":\"connected\"},\"status\":{\"connected\":false}}    | false",
        "{\"instance\":{\"status\":\"connected\"},\"status\":{\"loggedIn\":\"false\"}} | false",
        "{\"instance\":{\"status\":\"warp\"},\"status\":{\"connected\":true}}          | false",
        "{\"status\":{\"connected\":true,\"loggedIn\":true}}                           | false",
        "{\"instance\":null,\"status\":null}                                           | false",
        "{}                                                                            | false"
      })
  void connected_needs_the_word_and_no_contradiction(String body, boolean connected) {
    assertThat(of(body).connected()).isEqualTo(connected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null                                         | ''",
        "\"1@s.whatsapp.net\"                         | 1@s.whatsapp.net",
        "{\"user\":\"1\",\"server\":\"s.whatsapp.net\"} | 1@s.whatsapp.net",
        "{}                                           | ''",
        "7                                            | ''"
      })
  void the_address_is_read_in_every_form(String jid, String expected) {
    assertThat(of("{\"status\":{\"jid\":" + jid + "}}").jid()).isEqualTo(expected);
  }

  @Test
  void the_status_is_asked_of_the_server() throws Exception {
    try (FakeUazapi fake = FakeUazapi.builder().state("connecting").start();
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build()) {
      assertThat(client.instance().status().state()).isEqualTo(InstanceState.CONNECTING);
    }
  }

  @Test
  void a_passing_failure_is_tried_again() throws Exception {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build()) {
      fake.failNext(1, Answer.hangUp());
      fake.failNext(1, Answer.of(502, "<html>"));
      assertThat(client.instance().status().connected()).isTrue();
    }
  }

  @Test
  void a_wrong_token_is_an_authentication_error() {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client = UazapiClient.builder(fake.url(), "wrong").build()) {
      assertThatThrownBy(() -> client.instance().status())
          .isInstanceOfSatisfying(
              UazapiException.class,
              e ->
                  assertThat(e.error())
                      .contains(new UazapiError.Authentication(401, "Invalid token")))
          .hasMessage("GET /instance/status failed: Authentication, HTTP 401, Invalid token")
          .hasNoCause();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "<html>", "\"connected\"", "{"})
  void an_answer_that_is_no_object_is_an_error(String body) {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build()) {
      fake.failNext(1, Answer.of(200, body));
      assertThatThrownBy(() -> client.instance().status())
          .isInstanceOfSatisfying(
              UazapiException.class,
              e -> assertThat(e.error()).containsInstanceOf(UazapiError.Unexpected.class));
    }
  }
}
