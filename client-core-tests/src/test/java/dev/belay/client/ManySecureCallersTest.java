package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.KernelSockets;
import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Far more callers than connections, on TLS. */
@NoLeaks
@Tag("alone")
class ManySecureCallersTest {
  private static final int CALLERS = 2_000;

  @Test
  void two_thousand_callers_share_ten_connections_on_tls() throws Exception {
    try (Http2Server server = Http2Server.startOld()) {
      int most = mostSocketsOf(server, 10);
      Evidence.record("4.2 2,000 callers by TLS, cap 10: sockets", "at most " + most);
      assertThat(most).isBetween(1, 10);
    }
  }

  @Test
  void two_thousand_callers_share_two_connections_on_http_2() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      int most = mostSocketsOf(server, 2);
      Evidence.record("4.2 2,000 callers by HTTP/2, cap 2: sockets", "at most " + most);
      assertThat(most).isBetween(1, 2);
    }
  }

  /** By the kernel's count, at every look, while each makes a call that succeeds. */
  private static int mostSocketsOf(Http2Server server, int cap) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try (BelayClient client =
        Wire.HTTP_2
            .applyTo(BelayClient.builder())
            .maxConnections(cap)
            .maxCallsInFlight(CALLERS)
            .ownPool(pool -> pool.maxQueue(CALLERS).maxWait(Duration.ofSeconds(30)))
            .build()) {
      List<Future<String>> calls = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        calls.add(threads.submit(() -> client.send(server.get("/"), Answers.text())));
      }
      threads.shutdown();
      int most = looksUntilDone(server, threads);
      for (Future<String> call : calls) {
        assertThat(call.get()).isEqualTo("/");
      }
      return most;
    }
  }

  private static int looksUntilDone(Http2Server server, ExecutorService threads)
      throws IOException, InterruptedException {
    int most = 0;
    do {
      int open =
          KernelSockets.isAvailable()
              ? KernelSockets.to(server.port()).open()
              : server.connections();
      most = Math.max(most, open);
    } while (!threads.awaitTermination(2, TimeUnit.MILLISECONDS));
    return most;
  }
}
