package dev.belay.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.client.BelayClient;
import dev.belay.client.CallOptions;
import dev.belay.client.CancelledException;
import dev.belay.client.ConnectFailedException;
import dev.belay.client.DeadlineExceededException;
import dev.belay.client.Outcome;
import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.HttpException;
import retrofit2.Response;
import retrofit2.Retrofit;

/** Retrofit calls through Belay, whose client is its {@code Call.Factory}. */
@NoLeaks
class RetrofitTest {
  private static final CallOptions QUICK = CallOptions.deadline(Duration.ofMillis(200));

  private final BelayClient client = BelayClient.builder().maxConnections(1).build();

  private Invoices invoices(String url) {
    return new Retrofit.Builder().baseUrl(url).callFactory(client).build().create(Invoices.class);
  }

  private Invoices invoices(TestServer server) {
    return invoices(server.url("/"));
  }

  @Test
  void calls_one_after_the_other_share_the_only_connection(TestServer server) throws IOException {
    try (client) {
      Invoices invoices = invoices(server);
      for (int i = 0; i < 3; i++) {
        assertThat(textOf(invoices.list().execute())).isEqualTo("ok");
      }
      assertThat(client.snapshot().idle()).isEqualTo(1);
      assertThat(server.totalConnections()).isEqualTo(1);
    }
  }

  private static String textOf(Response<ResponseBody> response) throws IOException {
    try (ResponseBody body = response.body()) {
      return body.string();
    }
  }

  @Test
  void an_enqueued_call_and_a_future_are_answered(TestServer server) throws Exception {
    try (client) {
      Invoices invoices = invoices(server);
      CompletableFuture<Response<ResponseBody>> answer = new CompletableFuture<>();
      invoices.list().enqueue(new Completing(answer));
      assertThat(textOf(answer.get(5, TimeUnit.SECONDS))).isEqualTo("ok");
      assertThat(invoices.later().get(5, TimeUnit.SECONDS).string()).isEqualTo("ok");
    }
  }

  @Test
  void a_streamed_body_holds_the_connection_until_it_is_closed() throws Exception {
    try (client;
        TestServer server = TestServer.start(r -> Answer.of(200, "x".repeat(100_000)))) {
      try (ResponseBody body = invoices(server).stream().execute().body()) {
        assertThat(client.snapshot().leased()).isEqualTo(1);
        assertThat(body.string()).hasSize(100_000);
      }
      assertThat(client.snapshot().leased()).isZero();
    }
  }

  @Test
  void a_cancel_reaches_the_connection() throws Exception {
    try (client;
        TestServer server = TestServer.start(r -> Answer.stall())) {
      CompletableFuture<Response<ResponseBody>> answer = new CompletableFuture<>();
      Call<ResponseBody> call = invoices(server).list();
      call.enqueue(new Completing(answer));
      server.awaitRequests(1, Duration.ofSeconds(5));
      call.cancel();
      assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(CancelledException.class);
      assertThat(call.isCanceled()).isTrue();
      server.awaitOpenConnections(0, Duration.ofSeconds(5));

      CompletableFuture<ResponseBody> future = invoices(server).later();
      server.awaitRequests(2, Duration.ofSeconds(5));
      assertThat(future.cancel(true)).isTrue();
      server.awaitOpenConnections(0, Duration.ofSeconds(5));
    }
  }

  @Test
  void a_status_is_no_exception_but_in_a_future() throws Exception {
    try (client;
        TestServer server = TestServer.start(r -> Answer.of(404, "no such invoice"))) {
      Response<ResponseBody> response = invoices(server).list().execute();
      assertThat(response.code()).isEqualTo(404);
      try (ResponseBody error = response.errorBody()) {
        assertThat(error.string()).isEqualTo("no such invoice");
      }
      assertThatThrownBy(() -> invoices(server).later().get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(HttpException.class);
    }
  }

  @Test
  void a_failure_keeps_its_type_and_outcome() throws Exception {
    try (client) {
      Invoices nobody = invoices("http://127.0.0.1:" + portOfNobody() + "/");
      assertThatThrownBy(() -> nobody.list().execute())
          .isInstanceOfSatisfying(
              ConnectFailedException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT));
      assertThatThrownBy(() -> nobody.later().get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ConnectFailedException.class);
    }
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket bound = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return bound.getLocalPort();
    }
  }

  @Test
  void a_tag_is_the_deadline_of_its_call() {
    try (client;
        TestServer server = TestServer.start(r -> Answer.stall())) {
      assertThatThrownBy(() -> invoices(server).list(QUICK).execute())
          .isInstanceOf(DeadlineExceededException.class);
    }
  }

  @Test
  void a_tag_lets_a_post_go_again() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (client;
        TestServer server =
            TestServer.start(
                r ->
                    requests.incrementAndGet() == 1 ? Answer.hangUp() : Answer.of(200, r.text()))) {
      RequestBody invoice = RequestBody.create("12 EUR", null);
      CallOptions recognised = CallOptions.defaults().idempotent();
      assertThat(textOf(invoices(server).add(invoice, recognised).execute())).isEqualTo("12 EUR");
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  private record Completing(CompletableFuture<Response<ResponseBody>> answer)
      implements Callback<ResponseBody> {
    @Override
    public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
      answer.complete(response);
    }

    @Override
    public void onFailure(Call<ResponseBody> call, Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }
}
