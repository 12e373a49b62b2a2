package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class CancelRaceTest {
  private static final int CALLS = 20_000;

  @Test
  void a_call_that_is_cancelled_before_it_is_enqueued_hears_of_it_once(TestServer server)
      throws Exception {
    CountDownLatch heard = new CountDownLatch(CALLS);
    AtomicInteger times = new AtomicInteger();
    Callback counting =
        new Callback() {
          @Override
          public void onFailure(Call call, IOException e) {
            times.incrementAndGet();
            heard.countDown();
          }

          @Override
          public void onResponse(Call call, Response response) {
            response.close();
            onFailure(call, new IOException("answered"));
          }
        };
    try (BelayClient client =
        BelayClient.builder().maxCallsInFlight(CALLS).maxQueuedCalls(CALLS).build()) {
      for (int i = 0; i < CALLS; i++) {
        Call call = client.newCall(Requests.get(server));
        call.cancel();
        call.enqueue(counting);
      }
      assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(times).hasValue(CALLS);
  }
}
