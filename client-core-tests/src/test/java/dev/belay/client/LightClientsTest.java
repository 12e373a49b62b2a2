package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without the leak check, which would take the whole stack of every one of them. */
class LightClientsTest {
  private static final int CLIENTS = 10_000;
  private static final long MOST_BYTES = 20L * 1024 * 1024;

  @Test
  void ten_thousand_clients_on_one_pool_cost_no_socket_and_no_thread_and_under_20_mb()
      throws IOException {
    try (BoundedPool pool = BoundedPool.builder().build()) {
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      long before = Heap.usedAfterCollection();
      List<BelayClient> clients = new ArrayList<>(CLIENTS);
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(BelayClient.builder(pool).name("client " + i).build());
      }
      long grown = Heap.usedAfterCollection() - before;

      assertThat(pool.snapshot().open()).isZero();
      assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThanOrEqualTo(threads);
      assertThat(grown).isLessThan(MOST_BYTES);
      Evidence.record(
          "1.2 ten thousand clients on one pool", grown / 1024 + " KiB, 0 sockets, 0 threads");
      clients.forEach(BelayClient::close);
    }
  }
}
