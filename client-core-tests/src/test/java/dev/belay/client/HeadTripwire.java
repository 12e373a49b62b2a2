package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.EventListener;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test of which a call put more request heads on the wire than Belay counted attempts:
 * the replays of OkHttp, which tell nobody. For clients without interceptors that send by
 * themselves.
 */
final class HeadTripwire implements EventListener.Factory, AfterEachCallback {
  private final AtomicLong heads = new AtomicLong();
  private final Queue<String> uncounted = new ConcurrentLinkedQueue<>();

  @Override
  public EventListener create(Call call) {
    return new Heads();
  }

  /** Of one call. */
  private final class Heads extends EventListener {
    private final AtomicInteger begun = new AtomicInteger();

    @Override
    public void requestHeadersStart(Call call) {
      CallEntry running = Running.call();
      int attempts = running == null ? 0 : running.attempts.number();
      int head = begun.incrementAndGet();
      heads.incrementAndGet();
      if (head > attempts) {
        uncounted.add("head " + head + " of " + call + " in attempt " + attempts);
      }
    }
  }

  /** How many heads began. */
  long heads() {
    return heads.get();
  }

  void check() {
    assertThat(uncounted).as("heads that Belay counted no attempt for").isEmpty();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    check();
  }
}
