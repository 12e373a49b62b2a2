package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@NoLeaks
class LookUpTest {
  @Test
  void a_resolver_that_hangs_costs_a_bounded_number_of_threads() {
    CountDownLatch end = new CountDownLatch(1);
    try (BelayClient client =
        BelayClient.builder().maxConnections(2).dns(host -> hang(end)).build()) {
      CallOptions quick = CallOptions.deadline(Duration.ofMillis(20));
      for (int i = 0; i < 60; i++) {
        assertThatThrownBy(() -> client.send(Requests.get("http://a.test/"), Answers.text(), quick))
            .isInstanceOf(CallFailedException.class);
      }
      assertThat(client.state.pool.crew.hosts()).isLessThanOrEqualTo(2);
      end.countDown();
    }
  }

  @Test
  void so_does_a_proxy_selector_that_hangs() {
    CountDownLatch end = new CountDownLatch(1);
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(new HangingSelector(end));
    try (BelayClient client = BelayClient.builder().maxConnections(2).build()) {
      CallOptions quick = CallOptions.deadline(Duration.ofMillis(20));
      for (int i = 0; i < 60; i++) {
        assertThatThrownBy(() -> client.send(Requests.get("http://a.test/"), Answers.text(), quick))
            .isInstanceOf(CallFailedException.class);
      }
      assertThat(client.state.pool.crew.hosts()).isLessThanOrEqualTo(2);
      end.countDown();
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private static final class HangingSelector extends ProxySelector {
    private final CountDownLatch end;

    HangingSelector(CountDownLatch end) {
      this.end = end;
    }

    @Override
    public List<Proxy> select(URI uri) {
      try {
        List<InetAddress> unused = hang(end);
      } catch (UnknownHostException e) {
        return List.of();
      }
      throw new AssertionError("it never finds anything");
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
      throw new AssertionError("it named none");
    }
  }

  private static List<InetAddress> hang(CountDownLatch end) throws UnknownHostException {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UnknownHostException("ended");
  }

  @Test
  void a_resolver_that_fails_with_an_error_or_finds_nothing_fails_the_call_at_once() {
    try (BelayClient error = BelayClient.builder().dns(host -> fail()).build();
        BelayClient nothing = BelayClient.builder().dns(host -> List.of()).build()) {
      for (BelayClient client : List.of(error, nothing)) {
        assertThatThrownBy(() -> client.send(Requests.get("http://a.test/"), Answers.text()))
            .isInstanceOf(ConnectFailedException.class);
      }
    }
  }

  private static List<InetAddress> fail() {
    throw new AssertionError("a resolver's own");
  }
}
