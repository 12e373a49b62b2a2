package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Pools, clients and scopes that nobody can close any more. */
@NoLeaks
@SuppressWarnings("MustBeClosedChecker") // that is the point
class UnreachableClientTest {
  private static final String LONG = "0123456789abcdef".repeat(32 * 1024);

  private final LossRecorder losses = new LossRecorder();

  private BoundedPool pool() {
    return BoundedPool.builder().name("outbound").lifecycleListener(losses).build();
  }

  private BelayClient withOwnPool() {
    return BelayClient.builder()
        .name("alone")
        .ownPool(pool -> pool.idleTime(Duration.ofHours(1)).lifecycleListener(losses))
        .build();
  }

  @Test
  void a_client_that_was_used_is_named_and_closed_and_its_pool_lives_on(TestServer server)
      throws Exception {
    try (LogLines log = new LogLines();
        BoundedPool pool = pool()) {
      forgetAfterUse(pool, server, "abandoned");
      Garbage.collectUntil(() -> pool.snapshot().holders().size() == 1);
      Garbage.collectUntil(() -> !losses.all().isEmpty() && !lines(log).isEmpty());
      assertThat(losses.kinds()).containsExactly("client");
      assertThat(losses.all().get(0).place()).contains("UnreachableClientTest.java");
      assertThat(lines(log))
          .singleElement()
          .asString()
          .contains("UnreachableClientTest.java", "try (BelayClient client");
      assertThat(pool.snapshot().totals().leaked()).isEqualTo(1);
      assertThat(pool.snapshot().totals().reclaimed()).isEqualTo(1);
      assertThat(server.openConnections()).isEqualTo(1);
    }
  }

  /** Other tests may have forgotten something too. */
  private static List<String> lines(LogLines log) {
    return log.of("dev.belay.client.leak").stream()
        .filter(line -> line.contains("client 'abandoned'"))
        .toList();
  }

  /** In every way, so that none keeps it alive: its connection stays open. */
  private static void forgetAfterUse(BoundedPool pool, TestServer server, String name)
      throws IOException {
    BelayClient client =
        BelayClient.builder(pool)
            .name(name)
            .eventListener(call -> EventListener.NONE)
            .interceptor(chain -> chain.proceed(chain.request()))
            .build();
    assertThat(client.sendAsync(Requests.get(server), Answers.text()).join()).isEqualTo("ok");
    assertThat(client.newCall(Requests.get(server)).execute().body().string()).isEqualTo("ok");
    assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
  }

  @Test
  void a_client_with_a_pool_of_its_own_takes_connections_and_threads_along(TestServer server)
      throws Exception {
    assertThat(withOwnPool().send(Requests.get(server), Answers.text())).isEqualTo("ok");
    assertThat(server.openConnections()).isEqualTo(1);
    Garbage.collectOnlyUntil(() -> losses.kinds().contains("client"));
    server.awaitOpenConnections(0, Duration.ofSeconds(10));
    Garbage.collectOnlyUntil(UnreachableClientTest::noThreadIsLeft);
  }

  private static boolean noThreadIsLeft() {
    try {
      return OurThreads.names().stream()
          .noneMatch(name -> name.startsWith("belay-housekeeper alone"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_pool_and_its_client_are_both_named(TestServer server) throws Exception {
    assertThat(onLostPool().send(Requests.get(server), Answers.text())).isEqualTo("ok");
    Garbage.collectUntil(() -> losses.all().size() == 2);
    assertThat(losses.kinds()).containsExactly("client", "pool");
    server.awaitOpenConnections(0, Duration.ofSeconds(10));
    Garbage.collectUntil(UnreachableClientTest::nothingIsOpen);
  }

  private BelayClient onLostPool() {
    return BelayClient.builder(pool()).build();
  }

  private static boolean nothingIsOpen() {
    return BoundedPool.openPools().stream()
        .noneMatch(pool -> pool.name().equals("outbound") || pool.name().equals("alone"));
  }

  @Test
  void a_client_keeps_the_pool_that_it_borrowed(TestServer server) throws Exception {
    useOnLostPool(server);
    assertThat(losses.kinds()).containsExactly("client");
    Garbage.collectUntil(UnreachableClientTest::nothingIsOpen);
    Garbage.collectUntil(() -> losses.kinds().equals(List.of("client", "pool")));
  }

  private void useOnLostPool(TestServer server) throws IOException {
    try (BelayClient client = onLostPool()) {
      collectOnce(server);
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
    }
  }

  @Test
  void a_scope_keeps_its_client(TestServer server) throws Exception {
    useOfLostClient(server);
    assertThat(losses.kinds()).containsExactly("client");
    Garbage.collectUntil(UnreachableClientTest::nothingIsOpen);
    Garbage.collectUntil(() -> losses.kinds().equals(List.of("client", "client")));
  }

  private void useOfLostClient(TestServer server) throws IOException {
    try (CallScope scope = withOwnPool().openScope("nightly")) {
      collectOnce(server);
      assertThat(scope.send(Requests.get(server), Answers.text())).isEqualTo("ok");
    }
  }

  @Test
  void a_call_that_has_not_started_keeps_its_client(TestServer server) throws Exception {
    startLate(server);
    assertThat(losses.kinds()).containsExactly("client");
    Garbage.collectUntil(UnreachableClientTest::nothingIsOpen);
    Garbage.collectUntil(() -> losses.kinds().equals(List.of("client", "client")));
  }

  private void startLate(TestServer server) throws IOException {
    Call call = withOwnPool().newCall(Requests.get(server));
    collectOnce(server);
    assertThat(call.execute().body().string()).isEqualTo("ok");
  }

  /** Another one is lost and found, so whatever else was lost is found as well. */
  private void collectOnce(TestServer server) throws IOException {
    int before = losses.all().size();
    try (BoundedPool control = pool()) {
      forgetAfterUse(control, server, "lost");
      Garbage.collectUntil(() -> losses.all().size() > before);
    }
  }

  @Test
  void a_scope_is_named_and_closed(TestServer server) throws Exception {
    try (BelayClient client = withOwnPool()) {
      assertThat(client.openScope("lost").send(Requests.get(server), Answers.text()))
          .isEqualTo("ok");
      Garbage.collectUntil(() -> client.snapshot().holders().size() == 1);
      Garbage.collectUntil(() -> losses.kinds().equals(List.of("scope")));
      assertThat(client.snapshot().totals().reclaimed()).isEqualTo(1);
    }
  }

  @Test
  void a_response_that_is_read_keeps_its_lost_client_open() throws Exception {
    try (TestServer server = TestServer.start(r -> Answer.of(200, LONG));
        TestServer other = TestServer.start(r -> Answer.of(200, "ok"))) {
      try (Response response = withOwnPool().open(Requests.get(server))) {
        Garbage.collectUntil(() -> losses.kinds().contains("client"));
        collectOnce(other);
        assertThat(server.openConnections()).isEqualTo(1);
        assertThat(response.body().string().equals(LONG)).isTrue();
      }
      Garbage.collectUntil(UnreachableClientTest::nothingIsOpen);
      server.awaitOpenConnections(0, Duration.ofSeconds(10));
    }
  }

  @Test
  void a_future_that_is_pending_keeps_its_lost_client_open() throws Exception {
    try (TestServer server =
            TestServer.start(r -> Answer.of(200, "late").after(Duration.ofSeconds(1)));
        TestServer other = TestServer.start(r -> Answer.of(200, "ok"))) {
      CompletableFuture<String> late =
          withOwnPool().sendAsync(Requests.get(server), Answers.text());
      collectOnce(other);
      assertThat(late.join()).isEqualTo("late");
      Garbage.collectUntil(UnreachableClientTest::nothingIsOpen);
      Garbage.collectUntil(() -> losses.kinds().equals(List.of("client", "client")));
    }
  }

  @Test
  void one_that_was_never_used_is_named_when_the_next_is_built() {
    forgetUnused();
    Garbage.collectOnlyUntil(
        () -> {
          onLostPool().close();
          return losses.kinds().contains("pool");
        });
    Garbage.collectUntil(UnreachableClientTest::nothingIsOpen);
  }

  private void forgetUnused() {
    assertThat(pool().snapshot().open()).isZero();
  }

  @Test
  void a_listener_that_knows_its_pool_does_not_keep_it() {
    WeakReference<BoundedPool> lost = forgetWithListener();
    Garbage.collectUntil(() -> lost.get() == null);
  }

  private static WeakReference<BoundedPool> forgetWithListener() {
    AtomicReference<BoundedPool> known = new AtomicReference<>();
    LifecycleListener listener =
        new LifecycleListener() {
          @Override
          public void missed(long events) {
            assertThat(known.get()).isNotNull();
          }
        };
    known.set(BoundedPool.builder().lifecycleListener(listener).build());
    return new WeakReference<>(known.get());
  }

  @Test
  void what_was_closed_was_not_forgotten(TestServer server) throws Exception {
    try (BoundedPool pool = pool()) {
      closeAfterUse(pool, server);
      collectOnce(server);
      assertThat(losses.all()).hasSize(1);
      assertThat(pool.snapshot().totals().leaked()).isZero();
    }
  }

  private static void closeAfterUse(BoundedPool pool, TestServer server) throws IOException {
    try (BelayClient client = BelayClient.builder(pool).name("closed").build();
        CallScope scope = client.openScope("closed")) {
      assertThat(scope.send(Requests.get(server), Answers.text())).isEqualTo("ok");
    }
  }
}
