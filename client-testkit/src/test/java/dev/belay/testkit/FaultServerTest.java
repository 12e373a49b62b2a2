package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultServerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final FaultServer server = FaultServer.start();
  private final Http http = new Http();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void each_fault_has_a_label_of_its_own() {
    List<String> labels = Arrays.stream(Fault.values()).map(Fault::label).toList();
    assertThat(labels).doesNotHaveDuplicates().allMatch(label -> label.matches("[a-z0-9-]+"));
  }

  @Test
  void each_fault_of_an_exchange_has_a_script() {
    for (Fault fault : Fault.values()) {
      switch (fault.layer()) {
        case HTTP_1 -> assertThat(FaultScripts.isNamed(fault)).as(fault.label()).isTrue();
        case HTTP_2 -> assertThat(FaultScripts.ofStream(fault)).isNotNull();
        default -> {}
      }
    }
  }

  @Test
  void a_fault_is_counted_and_its_port_is_well_beside_it() throws Exception {
    Fault fault = Fault.STATUS_503_RA_5;
    HttpResponse<String> answer = http.get(server.url(fault));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(http.get(server.healthyUrl(fault)).body()).isEqualTo("ok");
    assertThat(server.requests(fault)).isEqualTo(1);
    assertThat(server.totalConnections(fault)).isEqualTo(1);
    assertThat(server.mostConnections(fault)).isEqualTo(1);
    assertThat(server.requests(Fault.FLAKY)).isZero();
  }

  @Test
  void a_body_that_breaks_off_fails_its_client() {
    assertThatThrownBy(() -> http.post(server.url(Fault.RST_MID_BODY), "hello"))
        .isInstanceOf(IOException.class);
    assertThat(server.requests(Fault.RST_MID_BODY)).isEqualTo(1);
  }

  @Test
  void a_redirect_that_is_followed_is_seen_elsewhere() throws Exception {
    HttpClient eager = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    HttpRequest request =
        Http.request(server.url(Fault.REDIRECT_PORT)).header("token", "carried along").build();
    assertThat(eager.send(request, BodyHandlers.ofString()).body()).isEqualTo("elsewhere");
    assertThat(server.elsewhere(Fault.REDIRECT_PORT))
        .singleElement()
        .satisfies(seen -> assertThat(seen.header("token")).isEqualTo("carried along"));
  }

  private HttpClient trusting() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {server.trustManager()}, null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  @Test
  void who_trusts_it_can_be_told_from_who_should_not() throws Exception {
    HttpClient client = trusting();
    try (FaultServer secure = FaultServer.startSecure()) {
      HttpRequest good = Http.request(secure.healthyUrl(Fault.CONN_CLOSE)).build();
      assertThat(client.send(good, BodyHandlers.ofString()).body()).isEqualTo("ok");
    }
    for (Fault fault : List.of(Fault.TLS_EXPIRED, Fault.TLS_SELFSIGNED, Fault.TLS_WRONGHOST)) {
      HttpRequest bad = Http.request(server.url(fault)).build();
      assertThatThrownBy(() -> client.send(bad, BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void a_stream_of_http_2_is_answered_on_a_port_of_its_faults() throws Exception {
    HttpClient client = trusting();
    try (FaultServer secure = FaultServer.startSecure()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(secure.healthyUrl(Fault.H2_DROP))).build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("ok");
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    }
  }

  @Test
  void close_ends_every_thread_and_answers_nobody_more() throws Exception {
    HttpRequest request = Http.request(server.url(Fault.STALL_MID_BODY)).build();
    CompletableFuture<HttpResponse<String>> stalled =
        HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString());
    while (server.requests(Fault.STALL_MID_BODY) == 0) {
      Thread.onSpinWait();
    }
    server.close();
    server.close();
    assertThat(stalled).failsWithin(SOON);
    server.awaitNoneOpen(Fault.STALL_MID_BODY, SOON);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("belay-fault-server-stall-mid-body"));
    assertThatThrownBy(() -> server.url(Fault.FLAKY)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void it_says_what_it_is() {
    String unused = server.url(Fault.HTTP09);
    assertThat(server).hasToString("FaultServer[clear text, [http09]]");
  }
}
