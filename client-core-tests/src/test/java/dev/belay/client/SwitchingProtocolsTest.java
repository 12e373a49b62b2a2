package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers with a status below 200: one ends the use of HTTP on its connection, others go before.
 */
@NoLeaks
class SwitchingProtocolsTest {
  private static final String BARE = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
  private static final String UPGRADE =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\u0001";

  /** Every way to make a call. */
  enum Kind {
    SEND {
      @Override
      void call(BelayClient client, Request request) throws IOException {
        String unused = client.send(request, Answers.text());
      }
    },
    SEND_ASYNC {
      @Override
      void call(BelayClient client, Request request) throws Exception {
        String unused = client.sendAsync(request, Answers.text()).get(10, TimeUnit.SECONDS);
      }
    },
    OPEN {
      @Override
      void call(BelayClient client, Request request) throws IOException {
        try (Response response = client.open(request)) {
          String unused = response.body().string();
        }
      }
    },
    EXECUTE {
      @Override
      void call(BelayClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
          String unused = response.body().string();
        }
      }
    },
    ENQUEUE {
      @Override
      void call(BelayClient client, Request request) throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        client.newCall(request).enqueue(new Ending(ended));
        Void unused = ended.get(10, TimeUnit.SECONDS);
      }
    };

    abstract void call(BelayClient client, Request request) throws Exception;
  }

  private record Ending(CompletableFuture<Void> ended) implements Callback {
    @Override
    public void onFailure(Call call, IOException e) {
      boolean unused = ended.completeExceptionally(e);
    }

    @Override
    public void onResponse(Call call, Response response) {
      response.close();
      boolean unused = ended.complete(null);
    }
  }

  private static Answer raw(String text) {
    return Answer.raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Closes nothing by itself, and answers the next request as usual. */
  private static TestServer switching(String answer) {
    return TestServer.start(r -> r.path().equals("/next") ? Answer.of(200, "ok") : raw(answer));
  }

  private static void expectRefusal(Kind kind, TestServer server, Request request)
      throws Exception {
    try (BelayClient client =
        BelayClient.builder().maxCallsInFlight(1).maxConcurrentAttempts(1).build()) {
      Throwable thrown = catchThrowable(() -> kind.call(client, request));
      Throwable failure = thrown instanceof BadAnswerException ? thrown : thrown.getCause();
      assertThat(failure)
          .isInstanceOfSatisfying(
              BadAnswerException.class,
              e -> {
                assertThat(e).hasMessageContaining("101").hasMessageContaining("protocol");
                assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
                assertThat(e.status()).hasValue(101);
                assertThat(e.attempts()).isEqualTo(1);
              });
      server.awaitOpenConnections(0, Duration.ofSeconds(1));
      String next = client.send(Requests.get(server.url("/next")), Answers.text());
      assertThat(next).isEqualTo("ok"); // the permits are back
      assertThat(server.requests()).isEqualTo(2);
      assertThat(client.snapshot().leased()).isZero();
    }
  }

  private static Request upgrade(Request request) {
    return request
        .newBuilder()
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void one_that_was_asked_for_is_refused_and_its_connection_closed(Kind kind) throws Exception {
    try (TestServer server = switching(UPGRADE)) {
      expectRefusal(kind, server, upgrade(Requests.get(server)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_that_nobody_asked_for_is_refused_and_its_connection_closed(Kind kind) throws Exception {
    try (TestServer server = switching(BARE)) {
      expectRefusal(kind, server, Requests.get(server));
    }
  }

  @Test
  void neither_half_of_an_upgrade_nor_a_body_makes_a_difference() throws Exception {
    String body = "HTTP/1.1 101 No\r\nContent-Length: 2\r\n\r\nno";
    for (String answer : List.of(UPGRADE, BARE, body)) {
      try (TestServer server = switching(answer)) {
        expectRefusal(Kind.SEND, server, Requests.post(server));
      }
      try (TestServer server = switching(answer)) {
        expectRefusal(Kind.SEND, server, upgrade(Requests.post(server)));
      }
    }
    Evidence.record(
        "101 is refused with a typed error and its socket closed",
        "BadAnswerException, UNKNOWN, one request a call, 0 open at the server within 1 s");
  }

  @Test
  void the_connection_of_a_switch_does_not_stay_in_memory() throws Exception {
    AtomicReference<WeakReference<Connection>> acquired = new AtomicReference<>();
    EventListener listener =
        new EventListener() {
          @Override
          public void connectionAcquired(Call call, Connection connection) {
            acquired.set(new WeakReference<>(connection));
          }
        };
    try (TestServer server = switching(UPGRADE);
        BelayClient client = BelayClient.builder().eventListener(call -> listener).build()) {
      Request request = upgrade(Requests.get(server));
      assertThat(catchThrowable(() -> Kind.SEND.call(client, request)))
          .isInstanceOf(BadAnswerException.class);
      long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (acquired.get().get() != null) {
        assertThat(System.nanoTime() - until).as("still in memory").isNegative();
        System.gc();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void others_go_before_the_answer(String method) throws IOException {
    String answers =
        String.join(
            "\r\n",
            List.of(
                "HTTP/1.1 100 Continue",
                "",
                "HTTP/1.1 102 Processing",
                "",
                "HTTP/1.1 103 Early Hints",
                "Link: </style.css>; rel=preload",
                "",
                "HTTP/1.1 200 OK",
                "Content-Length: 2",
                "",
                "ok"));
    try (TestServer server = TestServer.start(r -> raw(answers));
        BelayClient client = BelayClient.builder().build()) {
      for (int i = 0; i < 3; i++) {
        Request request = method.equals("GET") ? Requests.get(server) : Requests.post(server);
        assertThat(client.send(request, Answers.text())).isEqualTo("ok");
      }
      assertThat(server.totalConnections()).isEqualTo(1);
      assertThat(server.requests()).isEqualTo(3);
    }
  }

  @Test
  void a_body_is_sent_when_the_server_says_to_continue() throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(200, r.text()));
        BelayClient client = BelayClient.builder().build()) {
      Request expecting =
          Requests.post(server).newBuilder().header("Expect", "100-continue").build();
      assertThat(client.send(expecting, Answers.text())).isEqualTo("hello");
    }
  }
}
