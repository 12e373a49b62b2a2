package dev.belay.uazapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.client.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

  private static Verdict of(int status, String body) {
    return Verdict.of(Samples.reply(status, body));
  }

  @Test
  void an_empty_body_leaves_the_status() {
    assertThat(of(404, "").error()).isEqualTo(new UazapiError.NotFound(404, ""));
    assertThat(of(502, "").error()).isEqualTo(new UazapiError.Server(502, "", null));
  }

  @Test
  void html_is_shown_in_one_line_and_cut() {
    String html = "<html>\r\n<head>\t<title>502</title>" + "<p>gateway</p>".repeat(50);
    String text = of(502, html).error().text();
    assertThat(text).startsWith("<html> <head> <title>502</title><p>").endsWith("...").hasSize(200);
  }

  @Test
  void a_restriction_says_until_when() {
    assertThat(of(500, Samples.read("errors/500.time-lock.json")).error())
        .isInstanceOfSatisfying(
            UazapiError.AccountRestricted.class,
            error -> assertThat(error.until()).isEqualTo(Instant.parse("2026-08-02T12:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"x\",\"provider_code\":463}",
        "{\"error\":\"x\",\"provider_code\":\"463\"}",
        "{\"error\":\"x\",\"error_key\":\"WHATSAPP_REACHOUT_TIMELOCK\"}",
        "{\"error\":\"server returned error 463\"}"
      })
  void a_restriction_is_known_by_any_of_its_marks(String body) {
    assertThat(of(500, body))
        .isEqualTo(
            new Verdict(
                new UazapiError.AccountRestricted(500, of(500, body).error().text(), null),
                Outcome.REJECTED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"2026-08-02T12:00:00Z\"      | 2026-08-02T12:00:00Z",
        "\"2026-08-02T09:00:00-03:00\" | 2026-08-02T12:00:00Z",
        "\"2026-08-02 12:00:00.000Z\"  | 2026-08-02T12:00:00Z",
        "1785672000                    | 2026-08-02T12:00:00Z",
        "\"1785672000000\"             | 2026-08-02T12:00:00Z",
        "\"0001-01-01T00:00:00Z\"      |",
        "\"soon\"                      |",
        "0                             |",
        "-9223372036854775808          |",
        "[]                            |"
      })
  void the_end_of_a_restriction_is_read_in_every_form(String until, Instant expected) {
    String body =
        "{\"provider_code\":463,\"details\":{\"reachout_timelock\":{\"until\":" + until + "}}}";
    Instant read = ((UazapiError.AccountRestricted) of(500, body).error()).until();
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void a_wish_in_the_body_counts_where_no_header_says_otherwise() {
    String body = Samples.read("errors/429.rotation.json");
    Duration hour = Duration.ofHours(1);
    Reply withHeader = new Reply(429, body, hour, Token.of(Samples.TOKEN));
    assertThat(of(429, body).error())
        .isInstanceOfSatisfying(
            UazapiError.RateLimited.class,
            error -> assertThat(error.retryAfter()).isEqualTo(Duration.ofDays(1)));
    assertThat(Verdict.of(withHeader).error())
        .isInstanceOfSatisfying(
            UazapiError.RateLimited.class, error -> assertThat(error.retryAfter()).isEqualTo(hour));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":true}",
        "{\"error\":true,\"message\":\"no healthy upstream\"}",
        "{\"error\":\"WhatsApp\"}",
        "WhatsApp disconnected",
        "{\"error\":true,\"message\":\"WhatsApp disc"
      })
  void a_503_proves_something_only_if_the_api_itself_gave_it(String body) {
    assertThat(of(503, body).outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void words_count_only_in_the_fields_for_them() {
    String echo = "{\"error\":\"Failed\",\"text\":\"he is not on WhatsApp, error 463\"}";
    assertThat(of(500, echo))
        .isEqualTo(new Verdict(new UazapiError.Server(500, "Failed", null), Outcome.UNKNOWN));
  }

  @ParameterizedTest
  @ValueSource(ints = {402, 406, 410, 418, 421, 422, 425, 431, 451, 499})
  void other_refusals_prove_that_nothing_was_done(int status) {
    assertThat(of(status, "no"))
        .isEqualTo(new Verdict(new UazapiError.InvalidRequest(status, "no"), Outcome.REJECTED));
  }
}
