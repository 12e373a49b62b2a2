package dev.belay.uazapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.client.BoundedPool;
import dev.belay.testkit.NoLeaks;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NoLeaks
class UazapiClientBuilderTest {
  private static final String URL = "https://acme.uazapi.com";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                      | baseUrl must not be blank",
        "acme.uazapi.com         | must start with https://, but is acme.uazapi.com",
        "ftp://acme.uazapi.com   | must start with https://, but is ftp://acme.uazapi.com",
        "https:acme.uazapi.com   | must start with https://, but is https:acme.uazapi.com",
        "https://                | must have a host, but is https://",
        "https:///send           | must have a host, but is https:///send",
        "https://?a              | must have a host, but is https://?***",
        "https://:443            | must have a host, but is https://:443",
        "https://acme.com:99999  | must have a host, but is https://acme.com:99999",
        "https://u:pw@acme.com/x | must not hold user info, but is https://***@acme.com/x",
        "https://@acme.com       | must not hold user info, but is https://***@acme.com",
        "https://acme.com/?t=pw  | must not have a query, but is https://acme.com/?***",
        "https://acme.com?       | must not have a query, but is https://acme.com?***",
        "https://acme.com/#pw    | must not have a fragment, but is https://acme.com/#***",
        "https://ac me.com       | must not hold spaces or backslashes, but is https://ac me.com"
      })
  void an_address_that_cannot_work_is_refused_by_name_and_value(String url, String message) {
    assertThatThrownBy(() -> UazapiClient.builder(url, Samples.TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("baseUrl")
        .hasMessageEndingWith(message)
        .message()
        .doesNotContain("pw", Samples.TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://acme.uazapi.com",
        "HTTP://10.0.0.1",
        "http://localhost.acme.com",
        "http://127.0.0.1.acme.com",
        "http://128.0.0.1",
        "http://[::2]"
      })
  void plain_http_to_another_machine_is_refused(String url) {
    assertThatThrownBy(() -> UazapiClient.builder(url, Samples.TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "baseUrl must be https, because http would show the token to the network, but is "
                + url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "http://LOCALHOST",
        "http://127.0.0.1:1/",
        "http://127.255.0.7",
        "http://[::1]:8080",
        "http://[0:0:0:0:0:0:0:1]",
        "https://acme.uazapi.com:8443/front"
      })
  void plain_http_to_this_machine_is_allowed(String url) {
    UazapiClient.builder(url, Samples.TOKEN).build().close();
  }

  @ParameterizedTest
  @CsvSource({
    "https://acme.com, https://acme.com/",
    "https://acme.com///, https://acme.com/",
    "https://acme.com/front, https://acme.com/front",
    "https://acme.com/front//, https://acme.com/front"
  })
  void slashes_at_the_end_are_dropped(String url, String expected) {
    assertThat(BaseUrl.of(url, Token.of(Samples.TOKEN))).hasToString(expected);
  }

  @Test
  void a_token_that_cannot_be_sent_is_refused_without_showing_it() {
    assertThatThrownBy(() -> UazapiClient.builder(URL, " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token must not be blank");
    assertThatThrownBy(() -> UazapiClient.builder(URL, "s3cret\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token has a character that cannot be in a header, at index 6");
    assertThatThrownBy(() -> UazapiClient.builder(URL, "s3crét"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token has a character that cannot be in a header, at index 4");
  }

  @Test
  void a_token_in_the_address_is_refused_without_showing_it() {
    assertThatThrownBy(() -> UazapiClient.builder(URL + "/" + Samples.TOKEN, Samples.TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("baseUrl must not hold the token, but is https://acme.uazapi.com/***");
  }

  @Test
  void other_settings_are_refused_by_name_and_value() {
    UazapiClientBuilder builder = UazapiClient.builder(URL, Samples.TOKEN);
    assertThatThrownBy(() -> builder.maxConnections(0))
        .hasMessage("maxConnections must be at least 1, but is 0");
    assertThatThrownBy(() -> builder.deadline(Duration.ZERO))
        .hasMessage("deadline must be longer than zero, but is PT0S");
    assertThatThrownBy(() -> builder.trackSource(" ")).hasMessage("trackSource must not be blank");
    assertThatThrownBy(() -> builder.name("")).hasMessage("name must not be blank");
  }

  @Test
  void the_size_of_a_borrowed_pool_is_its_owners() {
    try (BoundedPool pool = BoundedPool.builder().build()) {
      UazapiClientBuilder builder =
          UazapiClient.builder(URL, Samples.TOKEN).pool(pool).maxConnections(3);
      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("maxConnections (3) belongs to the pool");
    }
  }

  @Test
  void the_http_client_underneath_can_be_changed_except_for_the_token() {
    try (UazapiClient client =
        UazapiClient.builder(URL, Samples.TOKEN)
            .name("billing")
            .client(http -> http.maxCallsInFlight(7).name("x").header("token", "other"))
            .build()) {
      assertThat(client.toString())
          .contains("'billing'", "at most 7 calls in flight", "token=***")
          .doesNotContain("other", Samples.TOKEN);
    }
  }
}
