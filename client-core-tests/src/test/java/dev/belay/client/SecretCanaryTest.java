package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MultipartBody;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A secret in every place of a request, and a server that repeats it in every place of an answer.
 */
@NoLeaks
class SecretCanaryTest {
  /** Declared to the client; and one that nobody declared, in the body. */
  private final Canary declared = new Canary("Zq7CanaryX9declared");

  private final Canary undeclared = new Canary("Wk4CanaryY8undeclared");

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();

  private void see(Object what) {
    seen.add(String.valueOf(what));
    Thread[] running = new Thread[Thread.activeCount() + 10];
    int count = Thread.enumerate(running);
    Arrays.stream(running, 0, count).forEach(thread -> threads.add(thread.getName()));
  }

  private void see(Throwable failure) {
    try {
      seen.add(Canary.all(failure));
    } catch (IOException e) {
      throw new AssertionError("not to be sent to another machine: " + failure, e);
    }
  }

  /** What an interceptor sees has the path, which is for it to change; the rest has it not. */
  private Response look(Interceptor.Chain chain) throws IOException {
    see(chain.request().headers());
    see(chain.request().url().queryParameter("key"));
    try {
      Response answer = chain.proceed(chain.request());
      see(answer.networkResponse());
      return answer;
    } catch (IOException e) {
      see(e);
      throw e;
    }
  }

  private final EventListener listener =
      new EventListener() {
        @Override
        public void requestHeadersEnd(Call call, Request request) {
          see(request);
        }

        @Override
        public void responseHeadersEnd(Call call, Response response) {
          see(response);
        }

        @Override
        public void responseFailed(Call call, IOException e) {
          see(e);
        }

        @Override
        public void callFailed(Call call, IOException e) {
          see(e);
        }
      };

  private BelayClientBuilder client(BoundedPool pool) {
    return BelayClient.builder(pool)
        .secretHeader("X-Mine", declared.value)
        .secretQueryParameter("key", declared.value)
        .secret(declared.value)
        .authentication(rejected -> "Bearer " + declared.value)
        .retry(
            RetryPolicy.builder()
                .maxAttempts(2)
                .backOff(Duration.ofMillis(1))
                .throttledBackOff(Duration.ofMillis(1))
                .withoutBudget()
                .build())
        .originPause(Duration.ZERO);
  }

  private Request request(TestServer server, int number, boolean post) {
    var url = HttpUrl.get(server.url("/")).newBuilder().addPathSegment(declared.value);
    Request.Builder request =
        new Request.Builder()
            .url(
                url.addQueryParameter("n", "" + number)
                    .addQueryParameter("token", undeclared.value)
                    .build())
            .header("Cookie", "id=" + undeclared.value);
    return post ? request.post(Requests.body(undeclared.value)).build() : request.build();
  }

  @Test
  void a_secret_is_nowhere(@TempDir Path folder) throws Exception {
    Path recorded = folder.resolve("events.jfr");
    List<String> lines;
    try (AllLogLines log = new AllLogLines();
        Recording events = new Recording(Configuration.getConfiguration("default"))) {
      events.enable("jdk.SocketRead").withThreshold(Duration.ZERO);
      events.enable("jdk.SocketWrite").withThreshold(Duration.ZERO);
      // On since JDK 25: OkHttp throws what it quotes, and we catch it. See docs/security.md.
      events.disable("jdk.JavaExceptionThrow");
      events.start();
      callAll();
      callOnHttp2();
      bringIllegalValues();
      holdForTooLong(log);
      events.stop();
      events.dump(recorded);
      lines = log.lines();
    }
    assertThat(seen).hasSizeGreaterThan(Echoes.count() * 8).flatMap(this::in).isEmpty();
    assertThat(lines).isNotEmpty().flatMap(this::in).isEmpty();
    assertThat(threads).isNotEmpty().flatMap(this::in).isEmpty();
    byte[] bytes = Files.readAllBytes(recorded);
    assertThat(new Canary("jdk.SocketWrite").in(bytes)).isNotEmpty(); // it would be found
    assertThat(declared.in(bytes)).isEmpty();
    assertThat(undeclared.in(bytes)).isEmpty();
    String measured = seen.size() + " texts, " + lines.size() + " log lines, ";
    Evidence.record(
        "6.4 A canary secret is found nowhere",
        measured + threads.size() + " threads, " + bytes.length + " bytes of events");
  }

  private List<String> in(String text) {
    return Stream.concat(declared.in(text), undeclared.in(text)).toList();
  }

  private void callAll() throws Exception {
    try (TestServer server = TestServer.start(r -> Echoes.to(r, declared, undeclared));
        BoundedPool pool = BoundedPool.builder().tracking(TrackingLevel.FULL).build();
        BelayClient plain = client(pool).build();
        BelayClient looking =
            client(pool).interceptor(this::look).eventListener(call -> listener).build()) {
      for (int i = 0; i < Echoes.count(); i++) {
        callLater(plain, request(server, i, false));
        call(plain, request(server, i, true));
        call(looking, request(server, i, false));
        callLater(looking, request(server, i, true));
      }
      seeObjects(pool, plain);
      assertThat(server.requests()).isGreaterThanOrEqualTo(Echoes.count() * 4);
    }
  }

  private void callOnHttp2() throws Exception {
    String both = declared.value + " " + undeclared.value;
    MockResponse.Builder echo =
        new MockResponse.Builder()
            .code(500)
            .addHeader("x-echo", both)
            .chunkedBody(declared.value, 3)
            .trailers(Headers.of("x-echo", both));
    try (MockWebServer server = new MockWebServer();
        BoundedPool pool = BoundedPool.builder().build();
        BelayClient client =
            client(pool)
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .interceptor(this::look)
                .eventListener(call -> listener)
                .build()) {
      server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      server.start();
      MockResponse broken = echo.onResponseBody(new SocketEffect.CloseStream()).build();
      for (MockResponse answer : List.of(echo.build(), echo.build(), broken, broken)) {
        server.enqueue(answer);
      }
      for (int i = 0; i < 2; i++) {
        String url = server.url("/" + declared.value).toString();
        callLater(client, Requests.get(url));
      }
      assertThat(server.getRequestCount()).isEqualTo(4);
    }
  }

  private void call(BelayClient client, Request request) {
    Call call = client.newCall(request);
    see(call);
    try (Response answer = call.execute()) {
      see(answer);
      see(answer.request().url());
      see(answer.body().contentLength() + answer.message());
      see(String.valueOf(client.snapshot().holders()));
      answer.body().source().skip(1);
    } catch (IOException e) {
      see(e);
    }
  }

  private void callLater(BelayClient client, Request request) throws InterruptedException {
    try {
      see(client.sendAsync(request, Answers.discard()).get());
    } catch (ExecutionException e) {
      see(e.getCause());
    }
  }

  private void seeObjects(BoundedPool pool, BelayClient client) throws IOException {
    try (CallScope scope = client.openScope("scope")) {
      see(scope);
      see(pool);
      see(client);
      see(client.snapshot());
      see(client.state.settings);
      see(CallOptions.defaults().idempotencyKey(undeclared.value));
      see(scope.close(Duration.ZERO));
    }
  }

  private void bringIllegalValues() throws IOException {
    String bad = declared.value + "\r\n" + undeclared.value;
    Headers header = new Headers.Builder().addUnsafeNonAscii("X-Mine", "x" + bad).build();
    MultipartBody part = new MultipartBody.Builder().addPart(header, Requests.body("x")).build();
    Request.Builder request = new Request.Builder().url("http://127.0.0.1:1/");
    try (BelayClient client = BelayClient.builder().build();
        BelayClient unauthorized = BelayClient.builder().authentication(r -> bad).build()) {
      List<ThrowingRunnable> attempts =
          List.of(
              () -> BelayClient.builder().header("token", bad),
              () -> BelayClient.builder().secretHeader("X-Mine", bad),
              () -> BelayClient.builder().secretQueryParameter("key", bad),
              () -> BelayClient.builder().secret(bad),
              () -> CallOptions.defaults().idempotencyKey(bad),
              () -> client.send(request.headers(header).build(), Answers.text()),
              () -> client.send(request.post(part).build(), Answers.text()),
              () -> client.send(request.method("GET " + bad, null).build(), Answers.text()),
              () ->
                  client.send(
                      Requests.get("http://" + undeclared.value.replace("/", "") + "@127.0.0.1:1/"),
                      Answers.text()),
              () -> unauthorized.send(Requests.get("http://127.0.0.1:1/"), Answers.text()));
      for (ThrowingRunnable attempt : attempts) {
        see(catchThrowable(attempt::run));
      }
      assertThat(seen.subList(seen.size() - attempts.size(), seen.size()))
          .noneMatch(text -> text.startsWith("null"));
    }
  }

  /** In use by AssertJ too, whose own is not for lists. */
  @FunctionalInterface
  private interface ThrowingRunnable {
    void run() throws Exception;
  }

  private void holdForTooLong(AllLogLines log) throws IOException {
    try (TestServer server = TestServer.start(r -> Answer.of(200, "held"));
        BoundedPool pool =
            BoundedPool.builder()
                .maxConnections(1)
                .maxQueue(0)
                .tracking(TrackingLevel.FULL)
                .leakThreshold(Duration.ofMillis(1))
                .build();
        BelayClient client = client(pool).build();
        Response held = client.open(request(server, 0, false))) {
      see(catchThrowable(() -> client.send(request(server, 0, false), Answers.text())));
      while (log.lines().stream().noneMatch(line -> line.contains("a connection is held"))) {
        LockSupport.parkNanos(1_000_000);
      }
      see(held);
      see(pool.snapshot());
      see(client.close(Duration.ZERO));
    }
  }
}
