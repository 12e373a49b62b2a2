package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A response that nobody can read or close any more, and those that somebody can. */
@NoLeaks
@SuppressWarnings("MustBeClosedChecker") // that is the point
class UnreachableResponseTest {
  private static final String LONG = "0123456789abcdef".repeat(32 * 1024);
  private static final Duration DAY = Duration.ofDays(1);

  private final LossRecorder losses = new LossRecorder();
  private TestServer server;
  private BelayClient client;
  private LogLines log;

  @BeforeEach
  void open() {
    log = new LogLines();
    server = TestServer.start(r -> Answer.of(200, LONG));
    client =
        BelayClient.builder()
            .name("billing")
            .deadline(DAY)
            .maxConnections(2)
            .maxCallsInFlight(2)
            .ownPool(pool -> pool.lifecycleListener(losses))
            .build();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    log.close();
  }

  private enum Opening {
    OPEN {
      @Override
      int forgotten(BelayClient client, String url) throws IOException {
        return client.open(Requests.get(url)).code();
      }
    },
    EXECUTE {
      @Override
      int forgotten(BelayClient client, String url) throws IOException {
        return client.newCall(Requests.get(url)).execute().code();
      }
    },
    ENQUEUE {
      @Override
      int forgotten(BelayClient client, String url) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        client.newCall(Requests.get(url)).enqueue(new Forgetful(status));
        return status.join();
      }
    };

    abstract int forgotten(BelayClient client, String url) throws IOException;
  }

  private record Forgetful(CompletableFuture<Integer> status) implements Callback {
    @Override
    public void onResponse(Call call, Response response) {
      status.complete(response.code());
    }

    @Override
    public void onFailure(Call call, IOException e) {
      status.completeExceptionally(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void it_is_named_and_gives_its_connection_and_permit_back(Opening opening) throws Exception {
    assertThat(opening.forgotten(client, server.url("/lost?secret=1"))).isEqualTo(200);
    Garbage.collectUntil(() -> !losses.all().isEmpty() && client.snapshot().leased() == 0);
    Holder lost = losses.all().get(0);
    assertThat(lost.kind()).isEqualTo("response");
    assertThat(lost.name()).isEqualTo("billing");
    assertThat(lost.what()).isEqualTo("GET " + server.url("/lost"));
    assertThat(lost.place()).contains("UnreachableResponseTest.java");
    server.awaitOpenConnections(0, Duration.ofSeconds(10));
    Garbage.collectUntil(() -> client.snapshot().holders().size() == 1); // the client alone
    assertThat(log.of("dev.belay.client.leak").stream().filter(line -> line.contains("/lost in")))
        .singleElement()
        .asString()
        .contains(
            "/lost in RESPONSE of billing",
            "UnreachableResponseTest.java",
            "try (Response response");
    assertThat(client.snapshot().totals().leaked()).isEqualTo(1);
    assertThat(client.snapshot().totals().reclaimed()).isEqualTo(1);
  }

  @Test
  void it_is_noticed_while_nobody_calls() throws Exception {
    assertThat(Opening.OPEN.forgotten(client, server.url("/lost"))).isEqualTo(200);
    Garbage.collectOnlyUntil(() -> losses.all().size() == 1);
    server.awaitOpenConnections(0, Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @EnumSource
  void whoever_keeps_a_part_can_read_it_all(KeptPart part) throws Exception {
    Object kept = part.of(client.open(Requests.get(server.url("/kept"))));
    assertThat(Opening.OPEN.forgotten(client, server.url("/lost"))).isEqualTo(200);
    Garbage.collectUntil(() -> !losses.all().isEmpty());
    assertThat(part.read(kept).equals(LONG)).isTrue(); // its text would fill the report
    Garbage.collectUntil(() -> client.snapshot().leased() == 0);
    assertThat(losses.all()).hasSize(1);
    assertThat(client.snapshot().totals().reclaimed()).isEqualTo(1);
  }

  @Test
  void a_read_keeps_what_nothing_else_keeps() throws Exception {
    try (TestServer slow =
        TestServer.start(r -> Answer.of(200, LONG).bodyDelay(Duration.ofSeconds(1)))) {
      CompletableFuture<String> read =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return client.open(Requests.get(slow.url("/slow"))).body().string();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(Opening.OPEN.forgotten(client, server.url("/lost"))).isEqualTo(200);
      Garbage.collectUntil(() -> read.isDone() && !losses.all().isEmpty());
      assertThat(read.join().equals(LONG)).isTrue();
      assertThat(losses.all()).hasSize(1);
    }
  }

  /** The collector reports in any order, but all of a collection before those of the next. */
  @Test
  void one_that_was_closed_was_not_forgotten() throws Exception {
    Call call = client.newCall(Requests.get(server.url("/closed")));
    call.execute().close();
    for (int lost = 1; lost <= 2; lost++) {
      assertThat(Opening.OPEN.forgotten(client, server.url("/lost"))).isEqualTo(200);
      int expected = lost;
      Garbage.collectUntil(() -> losses.all().size() >= expected);
    }
    assertThat(losses.all())
        .hasSize(2)
        .extracting(Holder::what)
        .allSatisfy(what -> assertThat(what).endsWith("/lost"));
    assertThat(call.isCanceled()).isFalse();
  }

  @Test
  void neither_its_own_connection_nor_another_answers_a_next_call() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(Opening.OPEN.forgotten(client, server.url("/lost"))).isEqualTo(200);
      int lost = i + 1;
      Garbage.collectUntil(() -> losses.all().size() == lost);
      assertThat(client.send(Requests.get(server), Answers.text()).equals(LONG)).isTrue();
    }
    assertThat(server.totalConnections())
        .isBetween(2, 11); // those of lost ones were not used again
    assertThat(List.copyOf(losses.kinds())).containsOnly("response");
  }

  /** It retires the connection, which ends with the call that shares it and not before. */
  @Test
  void on_http_2_those_beside_it_go_on() throws Exception {
    try (Http2Server shared = Http2Server.start();
        BelayClient many =
            Wire.HTTP_2
                .applyTo(BelayClient.builder().deadline(DAY).maxConnections(1))
                .ownPool(pool -> pool.lifecycleListener(losses))
                .build()) {
      assertThat(many.send(shared.get("/"), Answers.text())).isEqualTo("/");
      CompletableFuture<String> beside = many.sendAsync(shared.get("/wait"), Answers.text());
      assertThat(many.open(shared.get("/long")).code()).isEqualTo(200);
      Garbage.collectUntil(() -> losses.all().size() == 1);
      assertThat(shared.connections()).isEqualTo(1);
      shared.release();
      assertThat(beside.join()).isEqualTo("/wait");
      assertThat(many.send(shared.get("/"), Answers.text())).isEqualTo("/");
    }
  }
}
