package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

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
}
