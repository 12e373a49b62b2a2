package dev.belay.uazapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.FakeUazapi;
import dev.belay.testkit.NoLeaks;
import org.junit.jupiter.api.Test;

@NoLeaks
class ReadmeTest {
  @Test
  void the_example_of_the_readme_sends_once() {
    try (FakeUazapi fake = FakeUazapi.start()) {
      assertThat(send(fake.url(), fake.token())).isEqualTo("sent");
      assertThat(fake.messages()).hasSize(1);
    }
    assertThat(send("http://127.0.0.1:1", "a-token-for-nobody")).isEqualTo("send it again");
  }

  private static String send(String url, String token) {
    // region uazapi
    try (UazapiClient whatsapp = UazapiClient.builder(url, token).build()) {
      SendResult result =
          whatsapp.send().text("5511999999999", "Olá!", options -> options.trackId("order-42"));
      if (result.accepted()) {
        return "sent";
      }
      return result.safeToResend() ? "send it again" : "find out before you send it again";
    }
    // endregion uazapi
  }
}
