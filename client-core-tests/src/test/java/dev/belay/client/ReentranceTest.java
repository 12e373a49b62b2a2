package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@NoLeaks
class ReentranceTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private static BelayClientBuilder patient(int connections) {
    return BelayClient.builder()
        .maxConnections(connections)
        .deadline(LONG)
        .ownPool(pool -> pool.maxWait(LONG));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LimitReachedException.class,
            e -> {
              assertThat(e.limit()).isEqualTo(LimitReachedException.Limit.REENTRANT);
              assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT);
              assertThat(e).hasMessageContaining("the call that it was made in, GET ");
              assertThat(e.holders())
                  .first()
                  .extracting(Holder::what)
                  .asString()
                  .contains("/outer");
            });
  }

  @Test
  void a_call_in_a_handler_that_would_wait_for_its_own_connection_fails_at_once(TestServer server)
      throws IOException {
    try (BelayClient client = patient(1).build()) {
      assertRefused(
          () ->
              client.send(
                  Requests.get(server.url("/outer")),
                  answer -> client.send(Requests.get(server.url("/inner")), Answers.text())));
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
    }
  }

  @Test
  void a_call_in_an_interceptor_fails_likewise(TestServer server) throws IOException {
    BelayClient[] client = new BelayClient[1];
    Interceptor nests =
        chain -> {
          client[0].send(Requests.get(server.url("/inner")), Answers.discard());
          return chain.proceed(chain.request());
        };
    try (BelayClient nesting = patient(1).interceptor(nests).build()) {
      client[0] = nesting;
      assertRefused(() -> nesting.send(Requests.get(server.url("/outer")), Answers.discard()));
    }
  }

  @Test
  void it_need_not_wait_for_the_first_connection_of_an_origin_that_may_speak_http_2()
      throws IOException {
    BelayClient[] client = new BelayClient[1];
    Interceptor nests =
        chain -> {
          HttpUrl inner = chain.request().url().newBuilder().encodedPath("/inner").build();
          if (!chain.request().url().equals(inner)) {
            client[0].send(Requests.get(inner.toString()), Answers.discard());
          }
          return chain.proceed(chain.request());
        };
    try (Http2Server server = Http2Server.start();
        BelayClient nesting = Wire.HTTP_2.applyTo(patient(2).interceptor(nests)).build()) {
      client[0] = nesting;
      assertThat(nesting.send(server.get("/outer"), Answers.text())).isEqualTo("/outer");
    }
  }

  @Test
  void it_gets_a_connection_that_another_call_gives_back(TestServer server) throws Exception {
    CyclicBarrier meeting = new CyclicBarrier(2);
    try (BelayClient client = patient(2).build()) {
      CompletableFuture<String> other =
          client.sendAsync(
              Requests.get(server),
              answer -> {
                meet(meeting);
                return "gives back";
              });
      String inner =
          client.send(
              Requests.get(server.url("/outer")),
              answer -> {
                meet(meeting);
                return client.send(Requests.get(server.url("/inner")), Answers.text());
              });
      assertThat(inner).isEqualTo("ok");
      assertThat(other.join()).isEqualTo("gives back");
    }
  }

  @Test
  void it_does_not_wait_for_an_idle_connection_that_is_kept_for_others(TestServer server)
      throws IOException {
    try (TestServer quiet = TestServer.start(r -> Answer.of(200, "quiet"));
        BelayClient client = patient(2).build()) {
      String inner =
          client.send(
              Requests.get(server.url("/outer")),
              answer -> {
                assertThat(client.send(Requests.get(quiet), Answers.text())).isEqualTo("quiet");
                return client.send(Requests.get(server.url("/inner")), Answers.text());
              });
      assertThat(inner).isEqualTo("ok");
      assertThat(client.snapshot().totals().evicted()).isEqualTo(1);
    }
  }

  @RepeatedTest(50)
  void of_two_that_wait_for_each_other_one_fails_and_one_goes_on(TestServer server) {
    CyclicBarrier meeting = new CyclicBarrier(2);
    AtomicInteger refused = new AtomicInteger();
    try (BelayClient client = patient(2).build()) {
      ResponseHandler<String> nests =
          answer -> {
            meet(meeting);
            try {
              return client.send(Requests.get(server.url("/inner")), Answers.text());
            } catch (LimitReachedException e) {
              refused.incrementAndGet();
              return e.limit().name();
            }
          };
      List<CompletableFuture<String>> both =
          List.of(
              client.sendAsync(Requests.get(server.url("/outer")), nests),
              client.sendAsync(Requests.get(server.url("/outer")), nests));
      assertThat(both)
          .extracting(CompletableFuture::join)
          .containsExactlyInAnyOrder("REENTRANT", "ok");
      assertThat(refused).hasValue(1);
    }
  }

  @Test
  void one_that_waits_for_the_permit_of_its_outer_call_fails_at_once(TestServer server) {
    try (BelayClient client = patient(5).maxCallsInFlight(1).build()) {
      assertRefused(
          () ->
              client.send(
                  Requests.get(server.url("/outer")),
                  answer -> client.send(Requests.get(server.url("/inner")), Answers.text())));
    }
  }

  private static void meet(CyclicBarrier meeting) {
    try {
      meeting.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
