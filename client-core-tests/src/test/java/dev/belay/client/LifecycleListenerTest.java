package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@NoLeaks
class LifecycleListenerTest {
  private static final class Recorder implements LifecycleListener {
    final Queue<String> events = new ConcurrentLinkedQueue<>();

    @Override
    public void opened(Holder what) {
      events.add("+" + what.kind());
    }

    @Override
    public void closed(Holder what) {
      events.add("-" + what.kind());
    }
  }

  @Test
  void it_hears_of_everything_that_opens_and_closes_in_order(TestServer server) throws Exception {
    Recorder recorder = new Recorder();
    try (BelayClient client = with(recorder).build();
        CallScope scope = client.openScope("one")) {
      assertThat(recorder.events).isEmpty();
      assertThat(scope.send(Requests.get(server), Answers.text())).isEqualTo("ok");
    }
    assertThat(List.copyOf(recorder.events))
        .containsExactly(
            "+pool", "+client", "+scope", "+call", "+lease", "-lease", "-call", "-scope", "-client",
            "-pool");
  }

  @Test
  void what_was_opened_as_a_call_closes_as_one_even_if_it_became_a_response(TestServer server)
      throws Exception {
    Recorder recorder = new Recorder();
    try (BelayClient client = with(recorder).build();
        Response response = client.open(Requests.get(server))) {
      assertThat(response.body().string()).isEqualTo("ok");
    }
    assertThat(List.copyOf(recorder.events))
        .containsSubsequence("+call", "+lease", "-lease", "-call", "-client", "-pool");
  }

  @Test
  void one_that_blocks_delays_no_deadline_and_no_close() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    LifecycleListener blocks =
        new LifecycleListener() {
          @Override
          public void opened(Holder what) {
            try {
              boolean unused = released.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    try (TestServer server = TestServer.start(r -> Answer.stall());
        BelayClient client = with(blocks).deadline(Duration.ofMillis(200)).build()) {
      assertThatThrownBy(() -> client.send(Requests.get(server), Answers.text()))
          .isInstanceOfSatisfying(
              DeadlineExceededException.class,
              e -> assertThat(e.elapsed()).isLessThan(Duration.ofSeconds(5)));
      assertThat(client.close(Duration.ZERO).took()).isLessThan(Duration.ofSeconds(5));
    } finally {
      released.countDown();
    }
  }

  @Test
  void it_may_close_the_client_and_throw(TestServer server) throws Exception {
    BelayClient[] client = new BelayClient[1];
    CountDownLatch closed = new CountDownLatch(1);
    LifecycleListener closes =
        new LifecycleListener() {
          @Override
          public void closed(Holder what) {
            if (what.kind().equals("call")) {
              client[0].close();
              closed.countDown();
              throw new IllegalStateException("of the listener");
            }
          }
        };
    try (BelayClient own = with(closes).build()) {
      client[0] = own;
      own.send(Requests.get(server), Answers.discard());
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void one_that_is_too_slow_is_told_how_much_it_missed() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    Queue<Long> missed = new ConcurrentLinkedQueue<>();
    LifecycleListener slow =
        new LifecycleListener() {
          @Override
          public void opened(Holder what) {
            try {
              released.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void missed(long events) {
            missed.add(events);
          }
        };
    Lifecycle lifecycle = new Lifecycle(slow, "slow");
    Holder what = new Holder("call", "n", "", null, Duration.ZERO, "t", 0, null);
    for (int i = 0; i < 70_000; i++) {
      lifecycle.opened(() -> what);
    }
    released.countDown();
    Thread thread = lifecycle.close();
    assertThat(thread).isNotNull();
    thread.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(missed).hasSize(1);
    assertThat(missed.peek()).isBetween(70_000L - 65_536 - 1, 70_000L - 65_536 + 1);
  }

  private static BelayClientBuilder with(LifecycleListener listener) {
    return BelayClient.builder().ownPool(pool -> pool.lifecycleListener(listener));
  }
}
