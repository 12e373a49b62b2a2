package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.testkit.Answer;
import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bare OkHttp sends twice, by the server's count. */
@NoLeaks
class AtMostOnceTest {
  private static final RetryPolicy QUICK =
      RetryPolicy.builder().backOff(Duration.ofMillis(1)).build();

  @RegisterExtension final HeadTripwire heads = new HeadTripwire();

  private BelayClientBuilder builder() {
    return BelayClient.builder().eventListener(heads);
  }

  @Test
  void a_post_that_a_reused_connection_swallowed_is_not_sent_again() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                r -> requests.getAndIncrement() == 0 ? Answer.of(200, "ok") : Answer.hangUp());
        BelayClient client = builder().build()) {
      assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.text()))
          .isInstanceOfSatisfying(
              ConnectionLostException.class,
              e -> {
                assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
                assertThat(e.attempts()).isEqualTo(1);
              });
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503, 504})
  void no_status_makes_a_post_go_twice(int status) throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(status, ""));
        BelayClient client = builder().build()) {
      int seen = client.send(Requests.post(server), r -> r.code());
      assertThat(seen).isEqualTo(status);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void no_redirect_makes_a_post_go_twice(int status) {
    try (TestServer server =
            TestServer.start(r -> Answer.of(status, "").header("Location", "/elsewhere"));
        BelayClient client = builder().build()) {
      assertThatThrownBy(() -> client.send(Requests.post(server), Answers.discard()))
          .isInstanceOfSatisfying(
              RedirectRefusedException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.REJECTED))
          .hasMessageContaining("idempotent");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  /** OkHttp would repeat each attempt that gets a 408. */
  @Test
  void nobody_but_belay_repeats_a_get() throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(408, ""));
        BelayClient client = builder().retry(QUICK).build()) {
      assertThat(client.<Integer>send(Requests.get(server), r -> r.code())).isEqualTo(408);
      assertThat(heads.heads()).isEqualTo(server.requests());
    }
  }

  @Test
  void a_body_that_may_not_go_twice_says_so_to_okhttp(TestServer server) throws IOException {
    List<Boolean> oneShot = new ArrayList<>();
    Interceptor looking =
        chain -> {
          oneShot.add(chain.request().body().isOneShot());
          return chain.proceed(chain.request());
        };
    try (BelayClient client = builder().interceptor(looking).build()) {
      CallOptions repeatable = CallOptions.defaults().idempotent();
      assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
      assertThat(client.send(Requests.post(server), Answers.text(), repeatable)).isEqualTo("ok");
      assertThat(oneShot).containsExactly(true, false);
    }
  }

  @Test
  void okhttp_neither_replays_nor_dies_of_a_retry_after() throws IOException {
    for (String value : new String[] {"0", "99999999999", "-1", "soon", ""}) {
      try (TestServer server =
              TestServer.start(r -> Answer.of(503, "").header("Retry-After", value));
          BelayClient client = builder().retry(RetryPolicy.none()).build()) {
        String header = client.send(Requests.post(server), r -> r.header("Retry-After"));
        assertThat(header).isEqualTo(value);
        assertThat(server.requests()).isEqualTo(1);
      }
    }
  }

  @Test
  void a_post_goes_again_when_nothing_was_sent() throws IOException {
    AtomicInteger lookUps = new AtomicInteger();
    try (TestServer server = TestServer.start(r -> Answer.of(200, r.text()));
        BelayClient client =
            builder()
                .dns(
                    host -> {
                      if (lookUps.getAndIncrement() == 0) {
                        throw new java.net.UnknownHostException("not yet");
                      }
                      return okhttp3.Dns.SYSTEM.lookup("127.0.0.1");
                    })
                .build()) {
      String url = "http://some.test:" + server.port() + "/";
      Request request = new Request.Builder().url(url).post(Requests.body("once")).build();
      assertThat(client.send(request, Answers.text())).isEqualTo("once");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void a_post_that_was_declared_idempotent_goes_again() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                r -> requests.getAndIncrement() == 0 ? Answer.hangUp() : Answer.of(200, "ok"));
        BelayClient client = builder().build()) {
      CallOptions options = CallOptions.defaults().idempotent();
      assertThat(client.send(Requests.post(server), Answers.text(), options)).isEqualTo("ok");
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void a_post_finds_out_that_the_server_closed_an_idle_connection() throws Exception {
    assumeTrue(KernelSockets.isAvailable(), "the kernel tells when the end has arrived");
    try (TestServer server =
            TestServer.startClosingIdle(Duration.ofMillis(150), r -> Answer.of(200, "ok"));
        BelayClient client = builder().build()) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.send(Requests.post(server), Answers.text())).isEqualTo("ok");
        Ends.awaitEndFrom(server);
      }
      assertThat(server.requests()).isEqualTo(5);
      assertThat(client.snapshot().totals().stale()).isEqualTo(4);
    }
  }
}
