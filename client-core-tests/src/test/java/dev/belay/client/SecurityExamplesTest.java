package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** The regions of docs/security.md; see DocumentationTest. */
@NoLeaks
class SecurityExamplesTest {
  @Test
  void redirects_are_a_policy(TestServer server) throws IOException {
    Request request = Requests.get(server);
    String token = "an example";
    // region redirects
    try (BelayClient client =
        BelayClient.builder()
            .redirects(RedirectPolicy.anyOrigin().atMost(3)) // default: sameOrigin(), five
            .secretHeader("token", token) // stays on the origin that the request names
            .build()) {
      client.send(request, Answers.discard());
    }
    // endregion redirects
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void secrets_are_declared(TestServer server) throws IOException {
    Request request = Requests.get(server);
    String token = "an example";
    String key = "another one";
    String part = "a third one";
    // region secrets
    try (BelayClient client =
        BelayClient.builder()
            .secretHeader("token", token) // added to every request, and shown to nobody
            .secretQueryParameter("key", key) // likewise
            .secret(part) // in paths that you make: https://host/bot<part>/send
            .build()) {
      client.send(request, Answers.discard());
    }
    // endregion secrets
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void urls_of_others_are_not_trusted(TestServer server) {
    Request request = Requests.get(server);
    // region untrusted
    try (BelayClient client =
        BelayClient.builder()
            .publicAddressesOnly() // neither this machine nor its neighbours
            .redirects(RedirectPolicy.anyOrigin())
            .maxBodyBytes(1_000_000)
            .build()) {
      assertThatThrownBy(() -> client.send(request, Answers.bytes()))
          .isInstanceOf(ConnectFailedException.class); // of 127.0.0.1
    }
    // endregion untrusted
    assertThat(server.totalConnections()).isZero();
  }
}
