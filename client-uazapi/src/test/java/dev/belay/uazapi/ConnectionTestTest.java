package dev.belay.uazapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.FakeUazapi;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NoLeaks
class ConnectionTestTest {

  @ParameterizedTest
  @CsvSource({
    "connected, true, CONNECTED, the instance is connected",
    "connecting, false, CONNECTING, the instance is connecting",
    "disconnected, false, DISCONNECTED, "
        + "the instance is disconnected: 401: logged out from another device",
    "hibernated, false, HIBERNATED, the instance is hibernated",
    "quarantined, false, UNKNOWN, the instance is quarantined"
  })
  void every_state_has_its_answer(
      String state, boolean connected, InstanceState known, String reason) {
    try (FakeUazapi fake = FakeUazapi.builder().state(state).start();
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build()) {
      assertThat(client.testConnection()).isEqualTo(new ConnectionTest(connected, known, reason));
    }
  }

  @Test
  void a_wrong_token_is_not_connected() {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client = UazapiClient.builder(fake.url(), "wrong").build()) {
      ConnectionTest test = client.testConnection();
      assertThat(test.connected()).isFalse();
      assertThat(test.state()).isEqualTo(InstanceState.UNKNOWN);
      assertThat(test.reason()).contains("Authentication, HTTP 401, Invalid token");
    }
  }

  @Test
  void a_session_that_contradicts_its_instance_is_not_connected() {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build()) {
      String body = "{\"instance\":{\"status\":\"connected\"},\"status\":{\"connected\":false}}";
      fake.failNext(1, Answer.of(200, body));
      assertThat(client.testConnection())
          .isEqualTo(
              new ConnectionTest(
                  false,
                  InstanceState.CONNECTED,
                  "the instance is connected, but its session with WhatsApp is not"));
    }
  }

  @Test
  void an_answer_without_a_state_is_not_connected() {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build()) {
      fake.failNext(1, Answer.of(200, "{}"));
      assertThat(client.testConnection())
          .isEqualTo(
              new ConnectionTest(false, InstanceState.UNKNOWN, "the instance names no state"));
    }
  }

  @Test
  void a_server_that_is_not_there_is_not_connected() {
    String nobody;
    try (TestServer server = TestServer.start(request -> Answer.of(200))) {
      nobody = server.url("/");
    }
    try (UazapiClient client = UazapiClient.builder(nobody, Samples.TOKEN).build()) {
      ConnectionTest test = client.testConnection();
      assertThat(test.connected()).isFalse();
      assertThat(test.reason()).contains("no connection to http://127.0.0.1:");
    }
  }

  @Test
  void a_server_that_stalls_is_not_connected() {
    try (TestServer server = TestServer.start(request -> Answer.stall());
        UazapiClient client =
            UazapiClient.builder(server.url("/"), Samples.TOKEN)
                .deadline(Duration.ofMillis(500))
                .build()) {
      assertThat(client.testConnection().connected()).isFalse();
    }
  }

  @Test
  void a_closed_client_is_not_connected() {
    UazapiClient client =
        UazapiClient.builder("https://acme.uazapi.invalid", Samples.TOKEN).build();
    client.close();
    assertThat(client.testConnection().connected()).isFalse();
  }
}
