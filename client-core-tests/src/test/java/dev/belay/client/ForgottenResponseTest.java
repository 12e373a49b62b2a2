package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Responses that are dropped unread and collected, and then calls of others on the same pool: bare
 * OkHttp hands these the unread bytes (okhttp issue 9240).
 */
@NoLeaks
@Tag("endurance")
class ForgottenResponseTest {
  /** Warns of each forgotten response, which is what happens here. */
  private static final Logger OKHTTP = Logger.getLogger(OkHttpClient.class.getName());

  private static final int MOST_BARE_ROUNDS = 5;

  /** Many: OkHttp closes one after another, and a call has to be faster to get one of them. */
  private static final int FORGOTTEN_BY_BARE = 200;

  private static final int FORGOTTEN_BY_BELAY = 40;
  private static final int CALLS = 10_000;

  /** Short, so that many rounds see what was forgotten come back; calls go on meanwhile. */
  private static final CallOptions FORGOTTEN = CallOptions.deadline(Duration.ofMillis(300));

  @BeforeAll
  static void silenceOkHttp() {
    OKHTTP.setLevel(Level.OFF);
  }

  @AfterAll
  static void letOkHttpSpeak() {
    OKHTTP.setLevel(null);
  }

  @Test
  void bare_okhttp_gives_calls_the_bytes_of_forgotten_ones() throws Exception {
    try (ForgetfulUsers users = new ForgetfulUsers(FORGOTTEN_BY_BARE)) {
      int rounds = 0;
      while (users.harmed() == 0 && rounds < MOST_BARE_ROUNDS) {
        OkHttpClient client =
            new OkHttpClient.Builder().connectionPool(new ConnectionPool()).build();
        users.round(
            request -> client.newCall(request).execute(),
            request -> client.newCall(request).execute());
        client.connectionPool().evictAll();
        rounds++;
      }
      String measured = users + " in " + rounds + " rounds";
      Evidence.record("2.5 OkHttp issue 9240, bare OkHttp", measured);
      assertThat(users.harmed()).as(measured).isPositive();
    }
  }

  @Test
  void belay_gives_every_call_its_own_answer() throws Exception {
    int most = 2 * FORGOTTEN_BY_BELAY + ForgetfulUsers.CALLERS;
    try (LeakWarnings warnings = new LeakWarnings();
        ForgetfulUsers users = new ForgetfulUsers(FORGOTTEN_BY_BELAY);
        BelayClient client = BelayClient.builder().maxConnections(most).build()) {
      while (users.calls() < CALLS) {
        users.round(request -> client.open(request, FORGOTTEN), request -> client.open(request));
      }
      assertThat(users.harmed()).as(users.toString()).isZero();
      assertThat(users.forgotten()).as(users.toString()).isGreaterThan(CALLS / 10);
      Evidence.record(
          "2.5 OkHttp issue 9240, Belay", users + ", " + warnings.count() + " of these logged");
    }
  }
}
